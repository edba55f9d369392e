import { readFile } from 'node:fs/promises';
import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import type { Connection as OrgConnection } from '@salesforce/core';
import { expect } from 'chai';
import { SignJWT } from 'jose';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { startLocalOrgs, type LocalOrgs } from '../../src/local-org/index.js';
import { createGateway } from '../../src/org/salesforce.js';
import { provision, type Provisioned } from '../../src/setup.js';
import { deployConnection } from '../../src/deploy.js';
import { externalConnection } from '../helpers/connections.js';
import { temporaryProject } from '../helpers/home.js';
import { changes } from '../helpers/provisioning.js';
import { refusalOf } from '../helpers/refusal.js';

/** The integration user of a local org gets in through a flow that was set up, and may do nothing there. */
describe('setup and deploy as a user who may not deploy', () => {
  const project = temporaryProject('not-permitted');
  let local: LocalOrgs;
  let admin: OrgConnection;
  let clerk: OrgConnection;
  before(async () => {
    local = await startLocalOrgs();
    const org = serverOrg();
    admin = await connectLocalOrg(org);
    const { facts } = await setup(admin);
    const accessToken = await tokenOf(facts.consumerKey ?? '', org.instanceUrl);
    clerk = await connectLocalOrg({ ...org, accessToken, username: org.integrationUsername });
  });
  after(() => local.close());
  afterEach(() => {
    delete process.env['SF_ORG_METADATA_REST_DEPLOY'];
  });

  const serverOrg = () => {
    const [org] = local.orgs;
    if (!org) throw new Error('no org was started');
    return org;
  };

  const connection = () => {
    const draft = externalConnection();
    return { ...draft, server: { ...draft.server, username: serverOrg().integrationUsername } };
  };

  async function setup(as: OrgConnection): Promise<Provisioned> {
    const orgs = { server: await createGateway(as) };
    return provision(
      { connection: connection(), projectRoot: project, orgs, force: false, savesConnection: true },
      {
        now: () => new Date(),
        storePassword: { given: async () => undefined, ask: async () => undefined },
        keyStoreImport: { kind: 'nobody' },
        onPlan: () => {},
        onBegin: () => {},
        onProgress: () => {},
      },
    );
  }

  async function tokenOf(consumerKey: string, audience: string): Promise<string> {
    const key = createPrivateKey(await readFile(join(project, '.sf/jwt/erp/erp_jwt.key')));
    const assertion = await new SignJWT()
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(consumerKey)
      .setSubject(serverOrg().integrationUsername)
      .setAudience(audience)
      .setExpirationTime('2m')
      .sign(key);
    const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    const answer = await fetch(`${audience}/services/oauth2/token`, { method: 'POST', body });
    const { access_token: token } = (await answer.json()) as { readonly access_token: string };
    return token;
  }

  const expectRefusal = async (act: () => Promise<unknown>): Promise<void> => {
    const error = await refusalOf(act);
    expect([error.key, error.exitCode]).to.deep.equal(['permissionMissing', 3]);
    const [who, why, permission] = error.tokens;
    expect(who).to.equal(serverOrg().integrationUsername);
    expect(why).to.contain('requires a user with the ModifyAllData or ModifyMetadata permissions');
    expect(permission).to.contain('Modify Metadata Through Metadata API Functions');
  };

  it('names who lacks which permission, before anything is changed', async () => {
    await expectRefusal(() => setup(clerk));
    expect(changes(await setup(admin))).to.deep.equal([]);
  });

  for (const transport of ['SOAP', 'REST']) {
    it(`says so of a deploy over ${transport}, whoever looked at the org before`, async () => {
      process.env['SF_ORG_METADATA_REST_DEPLOY'] = String(transport === 'REST');
      const looking = await createGateway(admin);
      const refused = await createGateway(clerk);
      const input = { connection: connection(), projectRoot: project, checkOnly: false, force: false } as const;
      const orgs = { server: { ...looking, deploy: refused.deploy.bind(refused) } };
      await expectRefusal(() =>
        deployConnection({ ...input, orgs, sides: ['server'] }, { now: () => new Date(), onProgress: () => {} }),
      );
    });
  }

  it('goes on once a permission set grants it', async () => {
    const name = 'Deployers';
    await admin.metadata.create('PermissionSet', {
      fullName: name,
      label: name,
      userPermissions: [{ name: 'ModifyMetadata', enabled: true }],
    } as never);
    const org = await createGateway(admin);
    const user = await org.findUser(serverOrg().integrationUsername);
    await org.assignPermissionSet(user?.id ?? '', name);
    // The deploys of the other tests were begun, and did not end well.
    expect(changes(await setup(clerk))).to.deep.equal(['deploy-app']);
    expect(changes(await setup(clerk))).to.deep.equal([]);
  });
});
