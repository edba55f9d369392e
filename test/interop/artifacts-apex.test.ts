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

    describe('every variant, and every hostile case', () => {
      const hostile = Object.entries(goldenCases)
        .filter(([name, { connection }]) => name.startsWith('hostile') && connection.client.type !== 'external')
        .map(([, { connection, facts }], index) => {
          const client = { ...connection.client, invocable: true, queueable: true, classPrefix: `Hostile${index}` };
          return { connection: { ...connection, client }, facts };
        });
      const cases = [...apexVariants.map(({ connection }) => ({ connection, facts: sampleFacts })), ...hostile];
      let written: ReturnType<typeof writeProject>;

      before(() => {
        written = writeProject(join(root, 'sound'), cases.flatMap(artifactsOf));
      });

      it('is looked at', () => {
        const providers = cases.filter(({ connection }) => connection.client.type === 'apex').length;
        expect(written.classes).to.have.length(cases.length * 6 + providers * 2);
      });

      it('has nothing that a compiler finds', () => {
        expect(apexCompilerProblems(written.project)).to.deep.equal([]);
      });

      it('has nothing that PMD finds, but that a local org speaks plain http', () => {
        // The host of the API is this machine, which a class with settings in it says.
        const plainHttp = /^Hostile\w+\.cls: ApexInsecureEndpoint: Apex callouts should use encrypted/;
        const found = pmdProblems(written.classes, join(root, 'sound-pmd'));
        expect(found.filter((problem) => !plainHttp.test(problem))).to.deep.equal([]);
      });
    });

    describe('faults that are seeded', () => {
      const compiled: readonly (readonly [string, string, string, string])[] = [
        ['TokenProvider', 'claims.setIss(CONSUMER_KEY)', 'claims.setIssuer(CONSUMER_KEY)', 'setIssuer'],
        [
          'TokenProvider',
          'new Auth.JWS(claims, CERTIFICATE_NAME)',
          'new Auth.JWS(claims)',
          'No constructor defined with 1 arguments',
        ],
        ['TokenProviderTest', 'return stub;\n', '\n', 'Expected return statement'],
        ['TokenProvider', 'exchange.getToken(assertion)', 'exchange.getToken(CONSUMER_KEY)', 'getToken'],
        ['TokenProvider', 'problem.getMessage()', 'trouble.getMessage()', 'trouble'],
        ['Client', 'ErpTokenProvider.getBaseUrl()', 'ErpTokenProvider.baseUrl()', 'baseUrl'],
        ['Client', 'request.setTimeout(TIMEOUT_MILLISECONDS)', "request.setTimeout('20')", 'setTimeout'],
        ['ClientTest', 'problem.status', 'problem.statusCode', 'statusCode'],
        ['FlowAction', 'ErpClient.ResponseException problem', 'ErpClient.ClientException problem', 'ClientException'],
      ];
      const ruled: readonly (readonly [string, string, string, string])[] = [
        [
          'Client',
          'request.setEndpoint(ErpTokenProvider.baseUrl() + path)',
          "request.setEndpoint('http://acme.example.com')",
          'ApexInsecureEndpoint',
        ],
        ['Client', "@SuppressWarnings('PMD.ApexSuggestUsingNamedCred')", '', 'ApexSuggestUsingNamedCred'],
        [
          'TokenProvider',
          'return new Map<String, Object>();\n        }\n    }',
          '}\n        return null;\n    }',
          'EmptyCatchBlock',
        ],
      ];

      it('are found: unknown names and fields, wrong arguments, missing returns by the compiler; plain http, a token sent by hand, a swallowed exception by PMD', () => {
        const inline = sampleConnection({ client: { ...sampleApexClient, settings: 'inline', invocable: true } });
        const settings = sampleConnection({ client: { ...sampleApexClient, classPrefix: 'Fields' } });
        const files = [inline, settings].flatMap((connection) => artifactsOf({ connection, facts: sampleFacts }));
        const { project, classes } = writeProject(
          join(root, 'seeded'),
          files.filter(({ path }) => !path.endsWith('Audience__c.field-meta.xml')),
        );
        for (const [suffix, text, replacement] of compiled) breakClass(project, suffix, text, replacement);
        const found = apexCompilerProblems(project).join('\n');
        for (const [, , what, message] of [...compiled, ['', '', 'a missing field', 'Audience__c'] as const]) {
          expect(found, what).to.include(message);
        }

        for (const [suffix, text, replacement] of ruled) breakClass(project, suffix, text, replacement);
        const findings = pmdProblems(classes, join(root, 'seeded-pmd')).join('; ');
        for (const [, , what, rule] of ruled) expect(findings, what).to.include(rule);
      });
    });

    /** Puts one fault into a class of a project. */
    function breakClass(project: string, suffix: string, text: string, replacement: string): void {
      const file = join(project, `force-app/main/default/classes/Erp${suffix}.cls`);
      const source = readFileSync(file, 'utf8');
      expect(source, text).to.include(text);
      writeFileSync(
        file,
        source.replace(text, () => replacement),
      );
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
