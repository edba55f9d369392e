import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { DeployInput } from '../../../src/apply/deploy-side.js';
import type { Gateways } from '../../../src/apply/observe.js';
import { deployConnection } from '../../../src/deploy.js';
import { apexConnection } from '../../helpers/connections.js';
import type { FakeOrg } from '../../helpers/fake-org.js';
import { Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

describe('deployConnection, where the client org would make a new key under an app that is there', () => {
  const server = 'jwt/erp/server/main/default';
  const certificate = 'Certificate:erp_jwt';
  let platformPem: string;
  let on: Provisioning;
  let orgs: { server: FakeOrg; client: FakeOrg };
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(async () => {
    on = new Provisioning(platformPem);
    orgs = { server: on.serverOrg(), client: on.clientOrg() };
    await on.run(apexConnection(), orgs);
    orgs.client.components.delete(certificate);
    orgs.server.log.length = 0;
    orgs.client.log.length = 0;
  });

  const deploy = (to: Gateways, more: Partial<DeployInput> = {}) =>
    deployConnection(
      {
        ...{ connection: apexConnection(), projectRoot: on.root, orgs: to, sides: ['server', 'client'] },
        ...{ checkOnly: false, force: false, ...more },
      },
      { now: () => new Date(), onProgress: () => {} },
    );
  const refused = async (more: Partial<DeployInput> = {}, to: Gateways = orgs) => {
    const error = await refusalOf(() => deploy(to, more));
    expect([error.key, error.exitCode]).to.deep.equal(['certificateWouldBeNew', 1]);
    expect([...orgs.server.log, ...orgs.client.log]).to.deep.equal([]);
  };

  it('refuses before anything is deployed, and has setup put the new certificate into the app', async () => {
    for (const more of [{}, { force: true }, { checkOnly: true }, { sides: ['client'] }] as const) await refused(more);
    await on.run(apexConnection(), orgs);
    expect((await deploy(orgs)).map(({ state }) => state)).to.deep.equal(['deployed', 'deployed']);
  });

  it('knows of the app by its file where only the client org is at hand', async () => {
    await refused({ sides: ['client'] }, { client: orgs.client });
  });

  it('knows of the app by its org where the project has no file of it', async () => {
    await rm(join(on.root, server), { recursive: true });
    await refused({ skipsEmpty: true });
  });

  it('lets the key be made where there is no app yet, and deploys the server side alone', async () => {
    expect(await deploy(orgs, { sides: ['server'] })).to.have.length(1);
    await rm(join(on.root, server), { recursive: true });
    const fresh = { server: on.serverOrg({ orgId: '00DFRESH' }), client: orgs.client };
    await deploy(fresh, { sides: ['client'] });
    expect(orgs.client.components.has(certificate)).to.equal(true);
  });
});
