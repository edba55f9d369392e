import { expect } from 'chai';
import { hostOrgs, type Answer, type HostedOrg } from './hosted-org.js';

describe('settings of a local org that may change while it runs', () => {
  let host: HostedOrg;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-server']))[0]!;
  });

  afterEach(async () => {
    await host.close();
    expect(host.faults).to.deep.equal([]);
  });

  const change = (json: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    host.send('PATCH', '/_local/settings', {
      json,
      headers: { 'content-type': 'application/json', authorization: '', ...headers },
    });

  const all = {
    allowConnectedAppCreation: true,
    refuseExpiredCertificates: true,
    propagationDelayMs: 0,
    deployDelayMs: 0,
    deployDelayPolls: 0,
    loginsPerHour: 3600,
  };

  it('are shown and changed, each by itself', async () => {
    expect((await host.send('GET', '/_local/settings')).body).to.deep.equal(all);
    expect((await change({ deployDelayPolls: 3 })).body).to.deep.equal({ ...all, deployDelayPolls: 3 });
    expect((await change({ propagationDelayMs: 600_000 })).body).to.deep.equal({
      ...all,
      deployDelayPolls: 3,
      propagationDelayMs: 600_000,
    });
    expect(host.org.settings).to.include({ deployDelayPolls: 3, propagationDelayMs: 600_000 });
  });

  it('are refused with everything that is wrong, and then none is changed', async () => {
    const { status, body } = await change({
      deployDelayMs: 5,
      deployDelayPolls: 1001,
      refuseExpiredCertificates: 0,
      other: true,
    });
    expect([status, body.map(({ message }: { message: string }) => message)]).to.deep.equal([
      400,
      [
        'deployDelayPolls is a whole number from 0 to 1000.',
        'refuseExpiredCertificates is true or false.',
        'There is no setting "other" that may change; there are allowConnectedAppCreation, refuseExpiredCertificates, propagationDelayMs, deployDelayMs, deployDelayPolls, loginsPerHour.',
      ],
    ]);
    for (const value of [-1, 1.5, '5', null, {}]) expect((await change({ deployDelayMs: value })).status).to.equal(400);
    expect((await host.send('GET', '/_local/settings')).body).to.deep.equal(all);
  });

  it('are also what differs from org to org', async () => {
    const { body } = await change({ allowConnectedAppCreation: false, refuseExpiredCertificates: false });
    expect(body).to.include({ allowConnectedAppCreation: false, refuseExpiredCertificates: false });
    expect(host.org.settings).to.include({ allowConnectedAppCreation: false, refuseExpiredCertificates: false });
  });

  it('are not for web pages', async () => {
    expect((await change({ deployDelayMs: 5 }, { origin: 'https://evil.example' })).status).to.equal(403);
    expect((await change({ deployDelayMs: 5 }, { 'content-type': 'text/plain' })).status).to.equal(415);
  });
});
