import { expect } from 'chai';
import { apexConnection } from '../../helpers/connections.js';
import { Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

describe('provision, with a Platform Cache partition', () => {
  let platformPem: string;
  let on: Provisioning;
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(() => {
    on = new Provisioning(platformPem);
  });

  const cached = (cachePartition: string) =>
    apexConnection({ client: { type: 'apex', org: 'crm-prod', cachePartition } });

  for (const [what, cachePartitions, why] of [
    ['does not have that partition', ['Other'], 'there is no partition of that name'],
    ['has no Platform Cache', undefined, 'it has no Platform Cache that your user can see'],
  ] as const) {
    it(`refuses an org that ${what}, before it does anything`, async () => {
      const client = on.clientOrg(cachePartitions ? { cachePartitions } : {});
      const server = on.serverOrg();
      const error = await refusalOf(() => on.run(cached('local.Tokens'), { server, client }));
      expect([error.key, error.exitCode]).to.deep.equal(['cachePartitionMissing', 3]);
      expect(error.tokens).to.deep.equal(['crm-prod', 'local.Tokens', why, 'Tokens', 'erp']);
      expect([...server.log, ...client.log]).to.deep.equal([]);
    });
  }

  it('goes on where the org has it, and where it comes with a package', async () => {
    const client = on.clientOrg({ cachePartitions: ['Tokens'] });
    await on.run(cached('local.Tokens'), { server: on.serverOrg(), client });
    expect(client.log).to.have.length(2);
    const other = new Provisioning(platformPem);
    const packaged = other.clientOrg();
    await other.run(cached('acme.Tokens'), { server: other.serverOrg(), client: packaged });
    expect(packaged.log).to.have.length(2);
  });
});
