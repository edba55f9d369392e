import { expect } from 'chai';
import { hostOrgs, type HostedOrg } from './hosted-org.js';

const tooling = '/services/data/v67.0/tooling';

describe('what a local org keeps in rows for itself', () => {
  let host: HostedOrg;
  let id: string;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-server']))[0]!;
    id = host.org.records.insert('DeployRequest', { Status: 'Succeeded', LocalValidated: { zip: 'all of it' } }).Id;
  });

  afterEach(async () => {
    await host.close();
    expect(host.faults).to.deep.equal([]);
  });

  it('is in no record', async () => {
    const { status, text, body } = await host.send('GET', `${tooling}/sobjects/DeployRequest/${id}`);
    expect(status).to.equal(200);
    expect(body.Status).to.equal('Succeeded');
    expect(text).not.to.match(/Local(?:Validated|Queue|Result)/);
  });

  it('is asked for in vain', async () => {
    for (const answer of [
      await host.send('GET', `${tooling}/sobjects/DeployRequest/${id}?fields=LocalValidated`),
      await host.query('SELECT LocalValidated FROM DeployRequest', `${tooling}/query`),
      await host.query('SELECT Id FROM DeployRequest ORDER BY LocalValidated', `${tooling}/query`),
    ]) {
      expect(answer.status).to.equal(400);
      expect(answer.body[0].errorCode).to.equal('INVALID_FIELD');
    }
  });
});
