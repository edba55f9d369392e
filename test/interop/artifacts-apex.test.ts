import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { clientArtifacts } from '../../src/artifacts/build.js';
import { artifactsOf, goldenCases, sampleConnection, sampleFacts } from '../golden/cases.js';
import { apexCompilerProblems, hasJava, isFormattedApex, pmdProblems } from '../helpers/apex-checks.js';

const apexCases = Object.entries(goldenCases).filter(([, { connection }]) => connection.client.type === 'apex');

describe('generated Apex', () => {
  describe('under prettier, with the parser of Salesforce', () => {
    for (const [name, golden] of apexCases) {
      for (const { path, content } of artifactsOf(golden).filter(({ path }) => path.endsWith('.cls'))) {
        it(`${name}: ${path} is formatted`, async () => {
          expect(await isFormattedApex(content)).to.equal(true);
        });
      }
    }

    for (const length of [1, 5, 12, 20, 28, 36]) {
      it(`is formatted with a class name of ${length} characters`, async () => {
        const client = { type: 'apex', org: 'c', className: 'A'.repeat(length) } as const;
        const classes = clientArtifacts(sampleConnection({ client }), sampleFacts).filter(({ path }) =>
          path.endsWith('.cls'),
        );
        for (const { path, content } of classes) expect(await isFormattedApex(content), path).to.equal(true);
      });
    }

    it('the check finds a line that prettier would change', async () => {
      expect(await isFormattedApex('public class A{}\n')).to.equal(false);
    });
  });

  describe('on the JVM', function () {
    this.timeout(120_000);
    let root: string;

    before(function () {
      if (!hasJava) {
        console.log('skipped: no java here, which apex-ls and PMD need');
        return this.skip();
      }
      root = mkdtempSync(join(tmpdir(), 'sf-jwt-apex-'));
    });

    after(() => {
      if (root) rmSync(root, { recursive: true, force: true });
    });

    for (const [name, golden] of apexCases) {
      const isLocal = golden.facts.instanceUrl.startsWith('http:');

      it(`${name}: a compiler finds nothing, and PMD ${isLocal ? 'that a local org speaks plain http' : 'neither'}`, () => {
        const { project, classes } = writeProject(join(root, name), golden);
        expect(apexCompilerProblems(project)).to.deep.equal([]);
        const plainHttp = 'ApexInsecureEndpoint: Apex callouts should use encrypted communication channels';
        expect(pmdProblems(classes, join(root, `${name}-pmd`))).to.deep.equal(isLocal ? [plainHttp] : []);
      });
    }

    it('the checks find what is seeded: an unknown method, a wrong argument, a missing return, a hard-coded endpoint', () => {
      const { project } = writeProject(join(root, 'seeded'), goldenCases['apex']!);
      const broken = [
        seed(project, 'claims.setIss(CONSUMER_KEY)', 'claims.setIssuer(CONSUMER_KEY)'),
        seed(project, 'new Auth.JWS(claims, CERTIFICATE_NAME)', 'new Auth.JWS(claims)'),
        seed(project, 'return accessToken;\n', '\n'),
        seed(project, 'exchange.getToken(createClaims())', 'exchange.getToken(CONSUMER_KEY)'),
        seed(project, 'problem.getMessage()', 'trouble.getMessage()'),
      ];
      for (const { folder, what } of broken) expect(apexCompilerProblems(folder), what).not.to.deep.equal([]);

      const insecure = seed(
        project,
        'request.setEndpoint(INSTANCE_URL + path)',
        "request.setEndpoint('http://acme.example.com')",
      );
      const unexplained = seed(project, "@SuppressWarnings('PMD.ApexSuggestUsingNamedCred')", '');
      const swallowed = seed(
        project,
        'return new Map<String, Object>();\n        }\n    }',
        '}\n        return null;\n    }',
      );
      for (const [rule, { file, folder, what }] of Object.entries({
        ApexInsecureEndpoint: insecure,
        ApexSuggestUsingNamedCred: unexplained,
        EmptyCatchBlock: swallowed,
      })) {
        expect(pmdProblems([file], join(folder, 'pmd')).join('; '), what).to.include(rule);
      }
    });

    let seeds = 0;

    /** A copy of the project whose token provider has one fault. */
    function seed(project: string, text: string, replacement: string): { folder: string; file: string; what: string } {
      const folder = join(root, `seed-${++seeds}`);
      cpSync(project, folder, { recursive: true });
      const file = join(folder, 'force-app/main/default/classes/ErpTokenProvider.cls');
      const source = readFileSync(file, 'utf8');
      expect(source, text).to.include(text);
      writeFileSync(
        file,
        source.replace(text, () => replacement),
      );
      return { folder, file, what: replacement };
    }
  });
});

function writeProject(
  project: string,
  golden: (typeof goldenCases)[string],
): { project: string; classes: readonly string[] } {
  const source = join(project, 'force-app/main/default');
  for (const { path, content } of artifactsOf(golden).filter(({ side }) => side === 'client')) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), content);
  }
  const settings = { packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '65.0' };
  writeFileSync(join(project, 'sfdx-project.json'), JSON.stringify(settings));
  const folder = join(source, 'classes');
  const classes = readdirSync(folder).filter((name) => name.endsWith('.cls'));
  return { project, classes: classes.map((name) => join(folder, name)) };
}
