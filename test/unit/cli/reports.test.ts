import { expect } from 'chai';
import { planLines, planSummary } from '../../../src/cli/plan-report.js';
import { nextLines, nextLinesAfterTrial, setupLines } from '../../../src/cli/setup-report.js';
import type { SetupResult } from '../../../src/cli/setup-result.js';
import type { Connection } from '../../../src/config/connection.js';
import type { Step } from '../../../src/plan/step.js';
import {
  apexConnection,
  externalConnection,
  namedCredentialConnection,
  oauthConnection,
} from '../../helpers/connections.js';

const step = (action: Step['action'], subject: string, place: Step['place']): Step => ({
  kind: 'deploy-app',
  place,
  action,
  subject,
  reason: 'because',
});

const result: SetupResult = {
  connection: 'erp',
  username: "o'brien@acme.com",
  instanceUrl: 'https://acme.my.salesforce.com',
  plan: [],
  changed: [],
  files: [],
  consumerKey: '3MVG9.key_1',
  certificate: { fingerprint256: 'AA:BB', notAfter: '2027-11-01T12:00:00.000Z' },
  checks: [],
  verified: true,
};

describe('plan report', () => {
  it('marks what is made, changed and kept, and says where and why, in columns', () => {
    const steps = [
      step('create', 'App', 'server'),
      step('update', 'Apex class', 'client'),
      step('none', 'Key', 'local'),
    ];
    expect(planLines({ steps, conflicts: [] }, apexConnection())).to.deep.equal([
      '  + App         erp-prod      because',
      '  ~ Apex class  crm-prod      because',
      '  = Key         this project  because',
    ]);
    expect(planSummary({ steps, conflicts: [] })).to.equal('Plan: 1 to create, 1 to update, 1 unchanged.');
  });

  it('breaks a list of components that is longer than a screen is wide', () => {
    const list = ['Apex class ErpTokenProvider', 'Apex class ErpClient', 'Remote site ErpApi', 'Named Credential Erp'];
    const steps = [step('create', list.join(', '), 'client'), step('none', 'Key', 'local')];
    expect(planLines({ steps, conflicts: [] }, apexConnection())).to.deep.equal([
      '  + Apex class ErpTokenProvider, Apex class ErpClient,  crm-prod      because',
      '    Remote site ErpApi, Named Credential Erp',
      '  = Key                                                 this project  because',
    ]);
  });

  it('gives what stays in an org lines of its own, with a command that a shell takes as it is printed', () => {
    const command = 'sf project delete source --target-org crm-prod';
    const kept = `crm-prod keeps what this removes: ${command} --metadata ApexClass:A --metadata ApexClass:B`;
    const shown = [
      '      crm-prod keeps what this removes:',
      `        ${command} \\`,
      '        --metadata ApexClass:A \\',
      '        --metadata ApexClass:B',
    ];
    const removed = { ...step('update', '2 files', 'local'), reason: `remove from the project; ${kept}` };
    expect(planLines({ steps: [removed], conflicts: [] }, apexConnection())).to.deep.equal([
      '  ~ 2 files  this project  remove from the project',
      ...shown,
    ]);
    const told = 'a@acme.com keeps the permission set Erp_Access: take it away in Setup > Permission Sets';
    const left = { ...step('none', 'Left', 'local'), reason: `${kept}; ${told}` };
    expect(planLines({ steps: [left], conflicts: [] }, apexConnection())).to.deep.equal([
      '  = Left  this project',
      ...shown,
      `      ${told}`,
    ]);
  });

  it('says that there is nothing to do', () => {
    const steps = [step('none', 'Key', 'local')];
    expect(planSummary({ steps, conflicts: [] })).to.equal('Nothing to do: everything is there as it should be.');
  });
});

describe('setup report', () => {
  const external = { connection: externalConnection(), result, project: '' };
  const apex = { connection: apexConnection(), result, project: '' };

  it('gives the login command of the CLI, quoted for a shell', () => {
    expect(nextLines(external)[1]).to.equal(
      String.raw`  sf org login jwt --username 'o'\''brien@acme.com' --jwt-key-file .sf/jwt/erp/erp_jwt.key ` +
        '--client-id 3MVG9.key_1 --instance-url https://acme.my.salesforce.com',
    );
  });

  it('sends nobody on who has something to fix first', () => {
    const failed = { ...result, verified: false };
    const look = ['Next, once that is fixed, look again:', '  sf jwt verify --connection erp'];
    expect(nextLines({ ...external, result: failed })).to.deep.equal(look);
    expect(nextLines({ ...apex, result: failed })).to.deep.equal(look);
    const other = nextLines({ connection: oauthConnection(), result: failed, project: '' });
    expect(other[0]).to.match(/^Register this certificate at login\.example\.com/);
    expect(other.join('\n')).not.to.contain('verify()');
  });

  it('says where the private key is, and until when the certificate is valid', () => {
    const lines = setupLines(external, []).join('\n');
    expect(lines).to.contain('.sf/jwt/erp/erp_jwt.key (only you can read it; keep it there)');
    expect(lines).to.contain('erp_jwt, valid until 2027-11-01');
    expect(setupLines(apex, []).join('\n')).to.contain('in the org crm-prod, which made it and never gives it out');
    const imported = { ...apex, connection: apexConnection({ certificate: { source: 'generate' } }) };
    expect(setupLines(imported, []).join('\n')).to.contain(
      'in the org crm-prod, and .sf/jwt/erp/erp_jwt.key (only you can read it)',
    );
  });

  it('names the Named Credential and who may use it, and how Apex calls', () => {
    const reported = { connection: namedCredentialConnection(), result, project: '' };
    const lines = setupLines(reported, nextLines(reported)).join('\n');
    expect(lines).to.match(/Named Credential +callout:Erp in crm-prod/);
    expect(lines).to.match(
      /Callouts +for users with permission set Erp_Callouts; it also grants Modify All on User External/,
    );
    expect(lines).to.match(/Apex +ErpClient in crm-prod/);
    expect(lines).to.contain('  System.debug(ErpClient.verify());');
    expect(lines).to.contain('  sf jwt verify --connection erp');
  });

  it('says who may run a flow with the action', () => {
    const linesFor = (connection: Connection) => setupLines({ connection, result, project: '' }, []).join('\n');
    const flow = { org: 'crm-prod', invocable: true };
    expect(linesFor(apexConnection({ client: { type: 'apex', ...flow } }))).to.match(
      /Flow +ErpFlowAction, for users with access to that class: .* Apex Class Access/,
    );
    expect(linesFor(namedCredentialConnection({ client: { type: 'named-credential', ...flow } }))).to.match(
      /Flow +ErpFlowAction, for users with permission set Erp_Callouts/,
    );
    expect(linesFor(apexConnection())).not.to.contain('FlowAction');
  });

  it('says what to register at a server that is no org, and nothing of an app', () => {
    const { instanceUrl: _, consumerKey: __, ...rest } = result;
    const reported = { connection: oauthConnection(), result: { ...rest, username: 'svc-crm' }, project: '' };
    const lines = setupLines(reported, nextLines(reported));
    expect(lines.slice(0, 3)).to.deep.equal([
      '  Server            https://login.example.com/token',
      '  Subject           svc-crm',
      '  Issuer            crm-client',
    ]);
    expect(lines.join('\n')).to.contain(
      'Register this certificate at login.example.com for the issuer crm-client, unless it is there:\n' +
        '  .sf/jwt/erp/erp_jwt.crt',
    );
    expect(lines.join('\n')).not.to.match(/Consumer key|External/);
  });

  it('names files as they are seen from the current folder', () => {
    const below = { ...external, project: '../..' };
    expect(nextLines(below)[1]).to.contain(' --jwt-key-file ../../.sf/jwt/erp/erp_jwt.key ');
    const lines = setupLines(below, []).join('\n');
    expect(lines).to.match(/Private key +\.\.\/\.\.\/\.sf\/jwt\/erp\/erp_jwt\.key /);
    expect(lines).to.match(/Artifacts +\.\.\/\.\.\/jwt\/erp$/m);
  });

  it('proposes another name than that of the trial for a connection of real orgs', () => {
    const proposal = (name: string) =>
      nextLinesAfterTrial({ ...external, connection: { ...external.connection, name } }, 'x').at(-1);
    expect(proposal('erp')).to.contain(' --connection my-integration ');
    expect(proposal('my-integration')).to.contain(' --connection my-other-integration ');
  });

  it('proposes for real orgs what was chosen for the trial', () => {
    const own = apexConnection({ client: { type: 'apex', org: 'jwt-client', invocable: true } });
    const connection = { ...own, certificate: { ...own.certificate, source: 'generate' as const } };
    expect(nextLinesAfterTrial({ ...external, connection }, 'x').at(-1)).to.contain(
      '--target-org my-org --username integration@example.com --client-type apex --client-org my-other-org --invocable --certificate-source generate',
    );
    expect(nextLinesAfterTrial({ ...external, connection: apexConnection() }, 'x').at(-1)).to.match(
      /--client-org my-other-org$/,
    );
    expect(nextLinesAfterTrial({ ...external, connection: oauthConnection() }, 'x').at(-1)).to.match(
      /--token-endpoint https:\/\/login\.example\.com\/token --issuer crm-client --base-url \S+ --username svc-crm --client/,
    );
  });

  it('proposes every choice again that no default makes', () => {
    const chosen = (connection: Connection): string =>
      nextLinesAfterTrial({ ...external, connection }, 'x')
        .at(-1)
        ?.split(' --client-org my-other-org')[1] ?? '';
    const apex = {
      type: 'apex',
      org: 'c',
      classPrefix: 'Sap',
      settings: 'inline',
      cachePartition: 'local.Jwt',
    } as const;
    expect(chosen(apexConnection({ client: apex, certificate: { keySize: 4096 } }))).to.equal(
      ' --class-prefix Sap --inline-settings --cache-partition local.Jwt --key-size 4096',
    );
    const named = { type: 'named-credential', org: 'c', namedCredential: 'Sap', principal: 'Me' } as const;
    expect(chosen(namedCredentialConnection({ client: named }))).to.equal(' --named-credential Sap --principal Me');
    const { server } = oauthConnection();
    expect(
      chosen(oauthConnection({ server: { ...server, audience: 'aud', scope: 'a b', claims: { x: 1, y: '1' } } })),
    ).to.equal(` --audience aud --token-scope 'a b' --claim x=1 --claim 'y="1"'`);
    expect(chosen(apexConnection())).to.equal('');
  });

  it('tells after a trial how to start the same local orgs again, since they have ended', () => {
    const lines = nextLinesAfterTrial(external, '.sf/jwt/.local-orgs');
    expect(lines[1]).to.equal('  sf jwt local start --state-dir .sf/jwt/.local-orgs');
    expect(lines[2]).to.match(/^ {2}sf org login jwt /);
  });
});
