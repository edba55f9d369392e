import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { Artifact } from '../../src/artifacts/artifact.js';
import type { OrgClient } from '../../src/config/connection.js';
import { artifactsOf, goldenCases, sampleApexClient, sampleConnection, sampleFacts } from '../golden/cases.js';
import { apexCompilerProblems, hasJava, isFormattedApex, pmdProblems } from '../helpers/apex-checks.js';
import { apexVariants, classesOf } from '../unit/artifacts/apex-fixture.js';

const isClass = ({ path }: { path: string }): boolean => path.endsWith('.cls');

describe('generated Apex', () => {
  describe('under prettier, with the parser of Salesforce', () => {
    for (const [name, golden] of Object.entries(goldenCases)) {
      for (const { path, content } of artifactsOf(golden).filter(isClass)) {
        it(`${name}: ${path} is formatted`, async () => {
          expect(await isFormattedApex(content)).to.equal(true);
        });
      }
    }

    for (const { name, connection } of apexVariants) {
      for (const length of [1, 12, 20, 23]) {
        it(`${name} is formatted with a class prefix of ${length} characters`, async () => {
          const client = { ...connection.client, classPrefix: 'A'.repeat(length) } as OrgClient;
          for (const { path, content } of classesOf({ ...connection, client }).values()) {
            expect(await isFormattedApex(content), path).to.equal(true);
          }
        });
      }
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

    it('a compiler finds nothing in any variant, nor does PMD', () => {
      const files = apexVariants.flatMap(({ connection }) => artifactsOf({ connection, facts: sampleFacts }));
      const { project, classes } = writeProject(join(root, 'variants'), files);
      expect(classes).to.have.length(apexVariants.length * 6 + 12 * 2);
      expect(apexCompilerProblems(project)).to.deep.equal([]);
      expect(pmdProblems(classes, join(root, 'variants-pmd'))).to.deep.equal([]);
    });

    for (const name of ['hostile-values', 'hostile-oauth2', 'hostile-oauth2-inline']) {
      // The host of the API is this machine, which a class with settings in it says.
      const plainHttp = 'ApexInsecureEndpoint: Apex callouts should use encrypted communication channels';

      it(`a compiler finds nothing in ${name}, and PMD no more than that a local org speaks plain http`, () => {
        const { project, classes } = writeProject(join(root, name), artifactsOf(goldenCases[name]!));
        expect(apexCompilerProblems(project)).to.deep.equal([]);
        const found = new Set(pmdProblems(classes, join(root, `${name}-pmd`)));
        expect([...found].filter((problem) => problem !== plainHttp)).to.deep.equal([]);
      });
    }

    it('the compiler finds what is seeded: unknown names, wrong arguments, missing returns', () => {
      const inline = sampleConnection({ client: { ...sampleApexClient, settings: 'inline', invocable: true } });
      const { project } = writeProject(join(root, 'seeded'), artifactsOf({ connection: inline, facts: sampleFacts }));
      const seeded: readonly (readonly [string, string, string, string])[] = [
        ['TokenProvider', 'claims.setIss(CONSUMER_KEY)', 'claims.setIssuer(CONSUMER_KEY)', 'setIssuer'],
        [
          'TokenProvider',
          'new Auth.JWS(claims, CERTIFICATE_NAME)',
          'new Auth.JWS(claims)',
          'No constructor defined with 1 arguments',
        ],
        ['TokenProviderTest', 'return stub;\n', '\n', 'Expected return statement'],
        ['TokenProvider', 'exchange.getToken(claims)', 'exchange.getToken(CONSUMER_KEY)', 'getToken'],
        ['TokenProvider', 'problem.getMessage()', 'trouble.getMessage()', 'trouble'],
        ['Client', 'ErpTokenProvider.getBaseUrl()', 'ErpTokenProvider.baseUrl()', 'baseUrl'],
        ['Client', 'request.setTimeout(TIMEOUT_MILLISECONDS)', "request.setTimeout('20')", 'setTimeout'],
        ['ClientTest', 'problem.status', 'problem.statusCode', 'statusCode'],
        ['FlowAction', 'ErpClient.ResponseException problem', 'ErpClient.ClientException problem', 'ClientException'],
      ];
      for (const [suffix, text, replacement] of seeded) breakClass(project, suffix, text, replacement);
      const found = apexCompilerProblems(project).join('\n');
      for (const [, , what, message] of seeded) expect(found, what).to.include(message);
    });

    it('the compiler finds a field that the Custom Metadata Type does not have', () => {
      const files = artifactsOf({ connection: sampleConnection(), facts: sampleFacts });
      const whole = writeProject(join(root, 'fields'), files);
      expect(apexCompilerProblems(whole.project)).to.deep.equal([]);
      const without = files.filter(({ path }) => !path.endsWith('Audience__c.field-meta.xml'));
      const { project } = writeProject(join(root, 'fields-missing'), without);
      expect(apexCompilerProblems(project).join()).to.include('Audience__c');
    });

    it('PMD finds what is seeded: plain http, a token sent by hand, a swallowed exception', () => {
      const inline = sampleConnection({ client: { ...sampleApexClient, settings: 'inline' } });
      const { project } = writeProject(join(root, 'rules'), artifactsOf({ connection: inline, facts: sampleFacts }));
      const send = 'request.setEndpoint(ErpTokenProvider.getBaseUrl() + path)';
      const swallow = 'return new Map<String, Object>();\n        }\n    }';
      const files = [
        breakClass(project, 'Client', send, "request.setEndpoint('http://acme.example.com')"),
        breakClass(project, 'Client', "@SuppressWarnings('PMD.ApexSuggestUsingNamedCred')", ''),
        breakClass(project, 'TokenProvider', swallow, '}\n        return null;\n    }'),
      ];
      const found = pmdProblems([...new Set(files)], join(root, 'rules-pmd')).join('; ');
      expect(found).to.include('ApexInsecureEndpoint');
      expect(found).to.include('ApexSuggestUsingNamedCred');
      expect(found).to.include('EmptyCatchBlock');
    });

    /** Puts one fault into a class of a project. */
    function breakClass(project: string, suffix: string, text: string, replacement: string): string {
      const file = join(project, `force-app/main/default/classes/Erp${suffix}.cls`);
      const source = readFileSync(file, 'utf8');
      expect(source, text).to.include(text);
      writeFileSync(
        file,
        source.replace(text, () => replacement),
      );
      return file;
    }
  });
});

function writeProject(
  project: string,
  artifacts: readonly Artifact[],
): { project: string; classes: readonly string[] } {
  const source = join(project, 'force-app/main/default');
  for (const { path, content } of artifacts.filter(({ side }) => side === 'client')) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), content);
  }
  const settings = { packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '65.0' };
  writeFileSync(join(project, 'sfdx-project.json'), JSON.stringify(settings));
  const folder = join(source, 'classes');
  const classes = readdirSync(folder).filter((name) => name.endsWith('.cls'));
  return { project, classes: classes.map((name) => join(folder, name)) };
}
