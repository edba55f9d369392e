import { expect } from 'chai';
import { propagationIn } from '../../../src/verify/in-org-refusal.js';
import { judgeInOrgReport, type InOrgReport } from '../../../src/verify/in-org-report.js';
import { expected, good, notYet, summaryOf } from './in-org-reports.js';

describe('judgeInOrgReport', () => {
  const firstDetail = async (report: InOrgReport): Promise<string> =>
    (await judgeInOrgReport(report, expected))[0]?.detail ?? '';

  it('passes all checks of a flow that ran in the client org', async () => {
    expect(summaryOf(await judgeInOrgReport(good, expected))).to.deep.equal([
      ['token-issued', 'passed'],
      ['token-works', 'passed'],
      ['user-and-org', 'passed'],
      ['scopes', 'passed'],
      ['client-org-runs', 'passed'],
    ]);
  });

  it('fails a token that the server org refuses', async () => {
    const { username, orgId, ...unnamed } = good;
    const checks = await judgeInOrgReport({ ...unnamed, status: 401 }, expected);

    expect(username && orgId).to.be.ok;
    expect(summaryOf(checks)).to.deep.equal([
      ['token-issued', 'passed'],
      ['token-works', 'failed'],
      ['user-and-org', 'skipped'],
      ['scopes', 'passed'],
      ['client-org-runs', 'passed'],
    ]);
    expect(checks[1]?.detail).to.equal(
      'The client org got a token, but the server org refuses calls with it (HTTP 401).',
    );
    expect(checks[1]?.actions?.[0]).to.match(/^Give the user the permission "API Enabled"/);
  });

  it('explains an OAuth error from the catalogue', async () => {
    const checks = await judgeInOrgReport(
      { issued: false, executed: true, error: 'invalid_grant', errorDescription: 'audience is invalid' },
      expected,
    );

    expect(checks[0]?.detail).to.equal(
      'No token. The server said invalid_grant, "audience is invalid": the audience https://acme.my.salesforce.com does not fit https://acme.my.salesforce.com, for example one of production and one of a sandbox.',
    );
    expect(summaryOf(checks)).to.deep.equal([
      ['token-issued', 'failed'],
      ['token-works', 'skipped'],
      ['user-and-org', 'skipped'],
      ['scopes', 'skipped'],
      ['client-org-runs', 'passed'],
    ]);
  });

  it('says an error without a description as it is', async () => {
    expect(await firstDetail({ issued: false, executed: true, error: 'odd' })).to.match(
      /^No token\. The server said odd: /,
    );
  });

  const faults = [
    ['System.CalloutException', 'Unauthorized endpoint, endpoint = https://x', 'the client org may not call'],
    ['System.NoDataFoundException', 'Data Not Available: my_cert', 'does not have the certificate'],
    ['System.CalloutException', 'You have uncommitted work pending', 'changed data before it called out'],
    ['System.CalloutException', 'Read timed out', 'did not answer the client org in time'],
    ['System.TypeException', 'odd\u0007', 'the client org says no more than this'],
  ] as const;
  for (const [error, errorDescription, cause] of faults) {
    it(`explains the exception ${error} "${errorDescription.slice(0, 20)}"`, async () => {
      const checks = await judgeInOrgReport({ issued: false, executed: true, error, errorDescription }, expected);

      expect(checks[0]?.detail).to.include(`No token. The client org said "${error}: `).and.to.include(cause);
      expect(checks[0]?.detail).not.to.include('\u0007');
      expect(checks[0]?.actions).not.to.be.empty;
    });
  }

  it('explains an exception that stands in the detail', async () => {
    expect(await firstDetail({ issued: false, executed: true, detail: 'Unauthorized endpoint' })).to.match(
      /^No token\. The client org said "Unauthorized endpoint": the client org may not call/,
    );
  });

  it('says what is left when nothing was said', async () => {
    expect(await firstDetail({ issued: false, executed: true, status: 502 })).to.match(
      /^No token\. The client org got HTTP 502 without an OAuth answer: /,
    );
    expect(await firstDetail({ issued: false, executed: true, status: 0 })).to.match(
      /^No token\. The client org got no answer: /,
    );
  });

  it('does not claim that a token works which nobody used', async () => {
    const checks = await judgeInOrgReport({ issued: true, executed: true, scope: 'api web' }, expected);

    expect(summaryOf(checks).slice(1, 4)).to.deep.equal([
      ['token-works', 'skipped'],
      ['user-and-org', 'skipped'],
      ['scopes', 'passed'],
    ]);
  });

  it('fails for another user and for missing scopes', async () => {
    const checks = await judgeInOrgReport({ ...good, username: 'admin@example.com', scope: 'id' }, expected);

    expect(summaryOf(checks).slice(2, 4)).to.deep.equal([
      ['user-and-org', 'failed'],
      ['scopes', 'failed'],
    ]);
  });

  it('does not claim that Apex ran where the org ran the flow itself', async () => {
    const last = (
      await judgeInOrgReport({ ...good, executed: false, whyNotExecuted: 'A local org has no Apex.' }, expected)
    ).at(-1);

    expect(last).to.deep.equal({
      name: 'client-org-runs',
      status: 'skipped',
      detail:
        'The client org ran the flow with its own certificate, but not the Apex of the connection. A local org has no Apex.',
    });
  });

  it('does not claim that the flow ran where the org got no token', async () => {
    const errorDescription = 'Data Not Available: erp_jwt';
    const refused = { issued: false, executed: false, error: 'System.NoDataFoundException', errorDescription };
    const last = (await judgeInOrgReport({ ...refused, whyNotExecuted: 'A local org has no Apex.' }, expected)).at(-1);

    expect(last).to.deep.equal({
      name: 'client-org-runs',
      status: 'skipped',
      detail:
        'The client org tried the flow and got no token; the Apex of the connection did not run. A local org has no Apex.',
    });
  });

  it('fails where classes are missing that the flow could do without', async () => {
    const incompleteApex = 'The class ErpJob is not in the client org.';
    const checks = await judgeInOrgReport({ ...good, executed: false, incompleteApex }, expected);

    expect(checks[0]?.status).to.equal('passed');
    expect(checks.at(-1)).to.deep.equal({
      name: 'client-org-runs',
      status: 'failed',
      detail: 'The Apex of the connection is not whole in the client org. The class ErpJob is not in the client org.',
      actions: ['Deploy the client side of the connection again: sf jwt deploy --connection MY_CONNECTION'],
    });
  });

  it('fails where nothing ran at all', async () => {
    const last = (await judgeInOrgReport({ issued: false, executed: false }, expected)).at(-1);

    expect(last).to.include({
      status: 'failed',
      detail: 'The Apex of the connection did not run in the client org.',
    });
  });

  it('knows which refusals may pass', () => {
    expect(propagationIn(notYet)).to.equal('The server said invalid_client_id, "client identifier invalid"');
    expect(propagationIn({ ...notYet, error: 'invalid_grant' })).to.equal(undefined);
    expect(propagationIn({ ...notYet, error: 'System.CalloutException' })).to.equal(undefined);
    expect(propagationIn({ issued: false, executed: true })).to.equal(undefined);
    expect(propagationIn(good)).to.equal(undefined);
  });
});
