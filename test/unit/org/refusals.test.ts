import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { DeployOutcome, DeployProblem } from '../../../src/org/gateway.js';
import { refusalOf } from '../../../src/org/refusals.js';
import { apexConnection, externalConnection, namedCredentialConnection } from '../../helpers/connections.js';

const outcome = (...problems: DeployProblem[]): DeployOutcome => ({
  id: '0Af1',
  success: false,
  problems,
  warnings: [],
  testsRun: 0,
});
const inClass: DeployProblem = {
  message: 'Variable does not exist: x',
  component: { type: 'ApexClass', fullName: 'ErpClient' },
  file: 'classes/ErpClient.cls',
  line: 12,
  column: 5,
};
const coverage =
  'Average test coverage across all Apex Classes and Triggers is 25%, at least 75% test coverage is required.';

const known: readonly (readonly [string, DeployProblem])[] = [
  ['connectedAppsBlocked', { message: "You can't create a connected app. To enable connected app creation, …" }],
  ['consumerKeyTaken', { message: 'The consumer key is already taken' }],
  ['foreignOauthLink', { message: 'Invalid OAuth link for distribution state PACKAGED' }],
  [
    'appHasOtherPolicies',
    { message: 'DUPLICATE_VALUE: ExtlClntAppOauthSettingsId duplicates value on Erp_App_oauthPlcy' },
  ],
  ['signingCertificateMissing', { message: 'In field: certificate - no Certificate named erp_jwt found' }],
  [
    'principalMissing',
    { message: 'In field: externalCredentialPrincipal - no ExternalCredentialParameter named Erp-Other found' },
  ],
  ['nameTaken', { message: 'duplicate value found: <unknown> duplicates value on record with id: <unknown>' }],
  ['nameTaken', { message: 'DUPLICATE_DEVELOPER_NAME: There is already a NamedCredential named Erp' }],
  ['notInEdition', { message: 'Not available for deploy for this organization' }],
  ['permissionMissing', { message: 'INSUFFICIENT_ACCESS: insufficient access rights on cross-reference id' }],
  ['apexVersionTooOld', { ...inClass, message: 'Invalid type: Auth.JWTBearerTokenExchange' }],
  ['apexVersionTooOld', { ...inClass, message: 'Variable does not exist: Assert' }],
  ['apexNotCompiled', inClass],
  ['apexTestFailed', { ...inClass, kind: 'test', message: 'Test ErpClientTest.works failed: no' }],
  ['coverageTooLow', { message: coverage }],
  ['coverageTooLow', { kind: 'coverage', message: 'Test coverage of selected Apex Class is 65.979%, …' }],
  ['deployRefused', { message: 'Something else' }],
  ['deployRefused', { message: 'In field: authProvider - no AuthProvider named Other found' }],
];

describe('refusalOf', () => {
  const bundle = readFileSync(new URL('../../../messages/errors.md', import.meta.url), 'utf8').split(/^# /m);
  const placesIn = (key: string): number =>
    bundle
      .filter((section) => section.startsWith(`error.${key}\n`) || section.startsWith(`error.${key}.actions\n`))
      .join('')
      .match(/%s/g)?.length ?? 0;

  for (const [key, problem] of known) {
    it(`knows ${key} by "${problem.message}", and fills every place of its text`, () => {
      const error = refusalOf(outcome(problem), namedCredentialConnection(), 'client');
      expect(error.key).to.equal(key);
      expect(error.exitCode).to.equal(3);
      // A text may leave out the last tokens, and never lacks one.
      expect(error.tokens.length).to.be.at.least(placesIn(key));
      expect(error.tokens.every((token) => token !== '')).to.equal(true);
    });
  }

  it('names the connection for a way out', () => {
    const message = 'ExtlClntAppOauthSettingsId duplicates value on Erp_App_oauthPlcy';
    expect(refusalOf(outcome({ message }), externalConnection(), 'server').tokens).to.deep.equal([
      `\n  ${message}`,
      'erp',
    ]);
  });

  it('prefers the more telling of several problems', () => {
    const missing = { message: 'In field: certificate - no Certificate named erp_jwt found' };
    const error = refusalOf(outcome(inClass, missing), apexConnection(), 'client');
    expect([error.key, ...error.tokens.slice(1)]).to.deep.equal(['signingCertificateMissing', 'erp_jwt', 'erp']);
    expect(error.tokens[0]?.split('\n').slice(1, 2)).to.deep.equal([`  ${missing.message}`]);
  });

  describe('where a deploy has more problems than the one that it explains', () => {
    const root = 'jwt/erp/client/main/default';
    const files = [
      `${root}/classes/ErpClient.cls`,
      `${root}/classes/ErpJobTest.cls`,
      `${root}/namedCredentials/Erp.namedCredential-meta.xml`,
    ];
    const failedTest: DeployProblem = {
      kind: 'test',
      message: 'Test ErpJobTest.runs failed: no',
      component: { type: 'ApexClass', fullName: 'ErpJobTest' },
      file: 'classes/ErpJobTest.cls',
      line: 7,
      column: 3,
    };
    const others: readonly DeployProblem[] = [{ ...inClass, message: 'Missing ;' }, failedTest];
    for (const [key, problem] of known.filter(([name]) => name !== 'deployRefused')) {
      it(`shows and gives out all of them, with file and line (${key})`, () => {
        const placed = { ...problem, file: 'namedCredentials/Erp.namedCredential', line: 3, column: 9 };
        const error = refusalOf(outcome(...others, placed), namedCredentialConnection(), 'client', files);
        const shown = error.tokens.join('\n');
        expect(shown).to.contain(`  ${root}/namedCredentials/Erp.namedCredential-meta.xml:3:9: ${problem.message}\n`);
        expect(shown).to.contain(`  ${root}/classes/ErpClient.cls:12:5: Missing ;\n`);
        expect(shown).to.contain(`  ${root}/classes/ErpJobTest.cls:7:3: Test ErpJobTest.runs failed: no`);
        expect((error.data?.['problems'] as DeployProblem[]).map(({ file, line }) => [file, line])).to.deep.equal([
          [files[0], 12],
          [files[1], 7],
          [files[2], 3],
        ]);
      });
    }

    it('names every test class that failed', () => {
      const other = { ...failedTest, component: { type: 'ApexClass', fullName: 'ErpClientTest' } };
      const error = refusalOf(outcome(failedTest, failedTest, other), apexConnection(), 'client', files);
      expect([error.key, error.tokens[2]]).to.deep.equal(['apexTestFailed', 'ErpJobTest --tests ErpClientTest']);
    });
  });

  it('keeps the lines of one problem together', () => {
    const error = refusalOf(outcome({ message: 'first\n\nsecond\n' }), externalConnection(), 'server');
    expect(error.tokens[1]).to.equal('\n  first\n    second');
  });

  it('shows where in the project each problem is', () => {
    const file = 'jwt/erp/client/main/default/classes/ErpClient.cls';
    const error = refusalOf(outcome(inClass, { message: 'whole' }), apexConnection(), 'client', [file]);
    expect(error.tokens).to.deep.equal([
      'client',
      `\n  ${file}:12:5: Variable does not exist: x\n  whole`,
      '0Af1',
      'crm-prod',
    ]);
    expect(error.data).to.deep.include({ deployId: '0Af1', problems: [{ ...inClass, file }, { message: 'whole' }] });
  });

  it('says that somebody cancelled it, whatever else is said', () => {
    const error = refusalOf({ ...outcome(inClass), unfinished: 'cancelled' }, apexConnection(), 'client');
    expect([error.key, error.tokens]).to.deep.equal(['deployCancelled', ['0Af1', '0Af1', 'crm-prod']]);
  });

  it('names the permission that the user lacks', () => {
    const message =
      'INSUFFICIENT_ACCESS: use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions';
    const error = refusalOf(outcome({ message }), externalConnection(), 'server');
    expect([error.key, error.exitCode, error.tokens[0]]).to.deep.equal([
      'permissionMissing',
      3,
      'whom the CLI is logged in as in erp-prod',
    ]);
    expect(error.tokens[2]).to.contain('Modify Metadata Through Metadata API Functions');
  });
});
