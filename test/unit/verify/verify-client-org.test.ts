import { expect } from 'chai';
import type { KeyMaterial } from '../../../src/keys/key-material.js';
import type { VerifyProgress } from '../../../src/verify/check-run.js';
import type { InOrgReport } from '../../../src/verify/in-org-report.js';
import { verifyClientOrg, type ClientOrgInput } from '../../../src/verify/verify-client-org.js';
import { expected, good, notYet, summaryOf } from './in-org-reports.js';
import { fakeWorld, keyMaterial, pemOf } from './material.js';

describe('verifyClientOrg', () => {
  let own: KeyMaterial;

  before(async () => {
    own = await keyMaterial();
  });

  const inputWith = (change: Partial<ClientOrgInput> = {}): ClientOrgInput => ({
    ...expected,
    deployedPem: pemOf(own.certificate),
    certificate: { name: 'erp_jwt', pem: pemOf(own.certificate) },
    deadlineSeconds: 600,
    ...change,
  });

  const world = (reports: readonly InOrgReport[]) => {
    let runs = 0;
    const base = fakeWorld(() => new Response());
    return {
      ...base,
      findDifferingSettings: () => Promise.resolve(undefined),
      runInClientOrg: () => Promise.resolve(reports[Math.min(runs++, reports.length - 1)] ?? good),
    };
  };

  it('checks the certificate on both sides and the flow in the client org', async () => {
    const { checks, verified } = await verifyClientOrg(inputWith(), world([good]));

    expect(verified).to.equal(true);
    expect(summaryOf(checks).slice(0, 3)).to.deep.equal([
      ['certificate-valid', 'passed'],
      ['certificate-in-app', 'passed'],
      ['token-issued', 'passed'],
    ]);
  });

  it('waits for an app that is not known yet, and shows it', async () => {
    const events: VerifyProgress[] = [];
    const deps = world([notYet, notYet, good]);
    const { verified } = await verifyClientOrg(inputWith(), deps, (event) => events.push(event));

    expect(verified).to.equal(true);
    expect(deps.slept).to.deep.equal([5, 10]);
    expect(events.filter(({ kind }) => kind === 'waiting')).to.have.length(2);
    expect(events.filter(({ kind }) => kind === 'finished')).to.have.length(7);
  });

  it('is not verified with another certificate in the app', async () => {
    const other = await keyMaterial('other');

    expect(
      (await verifyClientOrg(inputWith({ deployedPem: pemOf(other.certificate) }), world([good]))).verified,
    ).to.equal(false);
  });

  for (const [what, pem, detail] of [
    ['has none', undefined, 'The client org has no certificate erp_jwt.'],
    ['has one that is none', 'nonsense', 'The certificate erp_jwt of the client org cannot be read.'],
  ] as const) {
    it(`names the certificate whose validity is not known, where the client org ${what}`, async () => {
      const { checks } = await verifyClientOrg(inputWith({ certificate: { name: 'erp_jwt', pem } }), world([good]));

      expect(checks[0]).to.deep.equal({ name: 'certificate-valid', status: 'skipped', detail });
      expect(checks[1]).to.include({ name: 'certificate-in-app', status: 'failed' });
    });
  }
});
