import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { DeployInput } from '../../../src/apply/deploy-side.js';
import type { Gateways } from '../../../src/apply/observe.js';
import { deployConnection } from '../../../src/deploy.js';
import { apexConnection } from '../../helpers/connections.js';
import { changes, Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

describe('deployConnection', () => {
  let platformPem: string;
  let on: Provisioning;
  let orgs: ReturnType<typeof makeOrgs>;
  const makeOrgs = () => ({ server: on.serverOrg(), client: on.clientOrg() });
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(async () => {
    on = new Provisioning(platformPem);
    orgs = makeOrgs();
    await on.run(apexConnection(), orgs);
    orgs.server.log.length = 0;
    orgs.client.log.length = 0;
  });

  const deploy = (to: Gateways, more: Partial<DeployInput> = {}) =>
    deployConnection(
      {
        connection: apexConnection(),
        projectRoot: on.root,
        orgs: to,
        sides: ['server', 'client'],
        checkOnly: false,
        force: false,
        ...more,
      },
      { now: () => new Date(), onProgress: () => {} },
    );

  it('deploys each side once, and keeps the certificate and the permission set that are there', async () => {
    const outcomes = await deploy(orgs);
    expect(orgs.server.log).to.have.length(1);
    expect(orgs.client.log).to.have.length(1);
    expect([...orgs.server.log, ...orgs.client.log].join(' ')).not.to.match(/Certificate:|PermissionSet:/);
    expect(outcomes.map(({ kept }) => kept.map(({ type }) => type))).to.deep.equal([
      ['PermissionSet'],
      ['Certificate'],
    ]);
  });

  it('tells setup what it deployed: a hand-made change is found to be deployed, and is not overwritten', async () => {
    const path = 'jwt/erp/client/main/default/classes/ErpTokenProvider.cls';
    await writeFile(join(on.root, path), '// mine');
    await deploy(orgs);
    expect(orgs.client.components.get('ApexClass:ErpTokenProvider')).to.equal('// mine');
    const error = await refusalOf(() => on.run(apexConnection(), orgs));
    expect([error.key, error.tokens[0]]).to.deep.equal(['notOurs', path]);
  });

  it('leaves nothing for setup to do where nothing was changed', async () => {
    await deploy(orgs);
    expect(changes(await on.run(apexConnection(), orgs))).to.deep.equal([]);
  });

  it('refuses to replace an app of others, and does so with force', async () => {
    const other = {
      server: on.clientOrg({ orgId: '00DOTHER', users: orgs.server.options.users ?? [] }),
      client: orgs.client,
    };
    other.server.components.set('ExternalClientApplication:Erp_Integration', 'theirs');
    other.server.assignments.add('005000000000001:Erp_Integration_Access');
    expect((await refusalOf(() => deploy(other))).key).to.equal('notOurs');
    expect(other.server.components.get('ExternalClientApplication:Erp_Integration')).to.equal('theirs');
    await deploy(other, { force: true });
    expect(other.server.components.get('ExternalClientApplication:Erp_Integration')).to.contain('<label>');
  });

  it('does not lock the integration user out', async () => {
    orgs.server.assignments.clear();
    const error = await refusalOf(() => deploy(orgs));
    expect([error.key, error.tokens[1]]).to.deep.equal(['userWouldBeLockedOut', 'Erp_Integration_Access']);
    expect(orgs.server.log).to.deep.equal([]);
  });

  it('says that there is nothing to deploy', async () => {
    await rm(join(on.root, 'jwt'), { recursive: true });
    expect((await refusalOf(() => deploy(orgs))).key).to.equal('nothingToDeploy');
  });

  it('notes nothing when the org only checks', async () => {
    await rm(on.privateFolder, { recursive: true });
    await deploy(orgs, { checkOnly: true, force: true });
    expect(changes(await on.run(apexConnection(), orgs, { force: true }))).to.include('deploy-app');
  });
});
