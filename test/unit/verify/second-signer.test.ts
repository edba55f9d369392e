import { expect } from 'chai';
import type { KeyMaterial } from '../../../src/keys/key-material.js';
import type { VerifyProgress } from '../../../src/verify/check-run.js';
import type { InOrgReport } from '../../../src/verify/in-org-report.js';
import { verifyClientOrg, verifySecondSigner, type SecondSignerInput } from '../../../src/verify/verify-client-org.js';
import { detailOf, statusesOf } from './answering-org.js';
import { fakeWorld, keyMaterial, pemOf } from './material.js';

const orgServer = {
  server: 'salesforce',
  username: 'integration@example.com',
  instanceUrl: 'https://acme.my.salesforce.com',
  audience: 'https://acme.my.salesforce.com',
  orgId: '00D000000000001AAA',
  scopes: ['Api', 'Web'],
} as const;
const otherServer = {
  server: 'oauth2',
  username: 'svc-crm',
  instanceUrl: 'https://login.example.com/token',
  audience: 'https://login.example.com',
  scopes: ['orders'],
} as const;
const good: InOrgReport = {
  issued: true,
  status: 200,
  username: orgServer.username,
  orgId: orgServer.orgId,
  executed: true,
};
const exchangeFailed: InOrgReport = {
  issued: false,
  executed: true,
  detail: 'System.CalloutException: Unable to complete the JWT token exchange.',
};

describe('verifySecondSigner', () => {
  let own: KeyMaterial;
  let other: KeyMaterial;

  before(async () => {
    [own, other] = [await keyMaterial(), await keyMaterial('other')];
  });

  const world = (...reports: readonly InOrgReport[]) => {
    let runs = 0;
    return {
      ...fakeWorld(() => new Response()),
      findDifferingSettings: () => Promise.resolve(undefined),
      runs: () => runs,
      runInClientOrg: () => Promise.resolve(reports[Math.min(runs++, reports.length - 1)] ?? good),
    };
  };

  const inputWith = (change: Partial<SecondSignerInput> = {}): SecondSignerInput => ({
    ...orgServer,
    signedHere: true,
    ownPem: pemOf(own.certificate),
    certificate: { name: 'erp_jwt', pem: pemOf(own.certificate) },
    deadlineSeconds: 600,
    ...change,
  });

  it('has a check of its own for each thing that the client org proves', async () => {
    const { checks, verified, orgId } = await verifySecondSigner(inputWith(), world());

    expect(statusesOf(checks)).to.deep.equal({
      'client-org-certificate': 'passed',
      'client-org-token': 'passed',
      'client-org-call': 'passed',
      'client-org-user': 'passed',
      'client-org-runs': 'passed',
    });
    expect([verified, orgId]).to.deep.equal([true, orgServer.orgId]);
    expect(detailOf(checks, 'client-org-certificate')).to.match(
      /^The client org has the certificate that belongs to the key here, SHA-256 [\dA-F:]{23}…\.$/,
    );
  });

  for (const [what, currentPem, detail] of [
    ['no certificate', () => undefined, /^The client org has no certificate erp_jwt, so it cannot sign\.$/],
    [
      'another certificate',
      () => pemOf(other.certificate),
      /^The client org has the certificate SHA-256 .*…, but the key here belongs to SHA-256 .*…\.$/,
    ],
    ['what is no certificate', () => 'odd', /^The certificate from the client org cannot be read\.$/],
  ] as const) {
    it(`does not ask a client org that has ${what}`, async () => {
      const deps = world();
      const events: VerifyProgress[] = [];
      const { checks, verified } = await verifySecondSigner(
        inputWith({ certificate: { name: 'erp_jwt', pem: currentPem() } }),
        deps,
        (event) => events.push(event),
      );

      expect([verified, deps.runs()]).to.deep.equal([false, 0]);
      expect(detailOf(checks, 'client-org-certificate')).to.match(detail);
      expect(checks[0]?.actions?.[0]).to.include('sf jwt setup --connection MY_CONNECTION');
      expect(checks.slice(1).map(({ status, detail: each }) => [status, each])).to.deep.equal(
        Array(4).fill(['skipped', 'Skipped: client-org-certificate failed.']),
      );
      expect(events.map(({ kind }) => kind)).to.deep.equal(Array(5).fill('finished'));
    });
  }

  it('fails for another user, or another org, than this machine reached', async () => {
    const { checks, verified } = await verifySecondSigner(inputWith(), world({ ...good, username: 'x@example.com' }));

    expect(verified).to.equal(false);
    expect(statusesOf(checks)['client-org-user']).to.equal('failed');
  });

  it('is not verified by a call that nobody made', async () => {
    const { checks, verified } = await verifySecondSigner(inputWith(), world({ issued: true, executed: true }));

    expect(verified).to.equal(false);
    expect(statusesOf(checks)['client-org-call']).to.equal('skipped');
  });

  it('points at the client org where its exchange fails and the one here did not, without waiting', async () => {
    const deps = world(exchangeFailed);
    const { checks } = await verifySecondSigner(inputWith(), deps);

    expect(deps.slept).to.deep.equal([]);
    expect(detailOf(checks, 'client-org-token')).to.include('the same key got a token here');
  });

  it('waits for an app that is not known yet where the request of a Named Credential goes', async () => {
    const deps = world(
      { ...exchangeFailed, detail: `${exchangeFailed.detail} Error: invalid_client_id. Error description: odd.` },
      good,
    );
    const events: VerifyProgress[] = [];
    const { verified } = await verifySecondSigner(inputWith(), deps, (event) => events.push(event));

    expect([verified, deps.slept]).to.deep.equal([true, [5]]);
    expect(events).to.deep.include({
      kind: 'waiting',
      name: 'client-org-token',
      detail: 'The server said invalid_client_id, "odd"',
      nextAttemptSeconds: 5,
      remainingSeconds: 600,
    });
  });

  describe('at a server that is no org', () => {
    const asked = (report: InOrgReport) =>
      verifySecondSigner(inputWith({ ...otherServer, orgId: undefined }), world(report));

    it('is content with a token, and looks for no user', async () => {
      const { checks, verified } = await asked({ issued: true, executed: true });

      expect(verified).to.equal(true);
      expect(statusesOf(checks)).to.deep.equal({
        'client-org-certificate': 'passed',
        'client-org-token': 'passed',
        'client-org-call': 'skipped',
        'client-org-runs': 'passed',
      });
      expect(detailOf(checks, 'client-org-call')).to.equal(
        'The API was not called with the token: nothing is known of what this API offers.',
      );
    });

    for (const [status, verdict] of [
      [200, 'passed'],
      [404, 'skipped'],
      [500, 'skipped'],
      [401, 'failed'],
      [403, 'failed'],
    ] as const) {
      it(`says "${verdict}" of a call that is answered with HTTP ${status}`, async () => {
        const { checks, verified } = await asked({ issued: true, executed: true, status });

        expect(statusesOf(checks)['client-org-call']).to.equal(verdict);
        expect(verified).to.equal(verdict !== 'failed');
      });
    }

    it('explains a refusal in general words', async () => {
      const { checks } = await asked({ issued: false, executed: true, error: 'invalid_scope', errorDescription: 'no' });

      expect(detailOf(checks, 'client-org-token')).to.equal(
        'No token. The server said invalid_scope, "no": the server does not grant the scope that is asked for, or wants one where none is asked for.',
      );
    });
  });
});

describe('verifyClientOrg at a server that is no org', () => {
  it('has no app to compare with, looks whether there is a certificate, and judges scopes as they were asked for', async () => {
    const { certificate } = await keyMaterial();
    const input = { ...otherServer, certificate: { name: 'erp_jwt', pem: pemOf(certificate) }, deadlineSeconds: 0 };
    const deps = {
      ...fakeWorld(() => new Response()),
      findDifferingSettings: () => Promise.resolve(undefined),
      runInClientOrg: () => Promise.resolve({ issued: true, executed: true, scope: 'orders' }),
    };
    const { checks, verified } = await verifyClientOrg(input, deps);
    const without = await verifyClientOrg({ ...input, certificate: { name: 'erp_jwt', pem: undefined } }, deps);

    expect(statusesOf(checks)).to.deep.equal({
      'certificate-valid': 'passed',
      'client-org-certificate': 'passed',
      'token-issued': 'passed',
      'token-works': 'skipped',
      scopes: 'passed',
      'client-org-runs': 'passed',
    });
    expect([verified, without.verified]).to.deep.equal([true, false]);
    expect(statusesOf(without.checks)['client-org-certificate']).to.equal('failed');
  });
});
