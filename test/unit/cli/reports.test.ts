import { expect } from 'chai';
import { planLines, planSummary } from '../../../src/cli/plan-report.js';
import { nextLines, nextLinesAfterTrial, setupLines } from '../../../src/cli/setup-report.js';
import type { SetupResult } from '../../../src/cli/setup-result.js';
import type { Step } from '../../../src/plan/step.js';
import { apexConnection, externalConnection } from '../../helpers/connections.js';

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

  it('says that there is nothing to do', () => {
    const steps = [step('none', 'Key', 'local')];
    expect(planSummary({ steps, conflicts: [] })).to.equal('Nothing to do: everything is there as it should be.');
  });
});

describe('setup report', () => {
  it('gives the login command of the CLI, quoted for a shell', () => {
    expect(nextLines(externalConnection(), result)[1]).to.equal(
      String.raw`  sf org login jwt --username 'o'\''brien@acme.com' --jwt-key-file .sf/jwt/erp/erp_jwt.key ` +
        '--client-id 3MVG9.key_1 --instance-url https://acme.my.salesforce.com',
    );
  });

  it('says where the private key is, and until when the certificate is valid', () => {
    const lines = setupLines(externalConnection(), result, []).join('\n');
    expect(lines).to.contain('.sf/jwt/erp/erp_jwt.key (only you can read it; keep it there)');
    expect(lines).to.contain('erp_jwt, valid until 2027-11-01');
    expect(setupLines(apexConnection(), result, []).join('\n')).to.contain(
      'in the org crm-prod, which made it and never gives it out',
    );
  });

  it('tells after a trial how to start the same local orgs again, since they have ended', () => {
    const lines = nextLinesAfterTrial(externalConnection(), result, '.sf/jwt/.local-orgs');
    expect(lines[1]).to.equal('  sf jwt local start --state-dir .sf/jwt/.local-orgs');
    expect(lines[2]).to.match(/^ {2}sf org login jwt /);
  });
});
