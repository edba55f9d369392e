import { expect } from 'chai';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { deployConnection } from '../../src/deploy.js';
import { startLocalOrgs, type LocalOrgs } from '../../src/local-org/index.js';
import type { OrgGateway } from '../../src/org/gateway.js';
import { createGateway } from '../../src/org/salesforce.js';
import { provision } from '../../src/setup.js';
import { legacyNamedCredentialConnection } from '../helpers/connections.js';
import { temporaryProject } from '../helpers/home.js';
import { changes } from '../helpers/provisioning.js';
import { refusalOf } from '../helpers/refusal.js';

/** Polls for which a deploy waits in the queue of the org: more than fit, at 20 milliseconds each, into twice the time. */
const busy = 80;
const tooShort = 0.005;

describe('a deploy that does not end in time', () => {
  let local: LocalOrgs;
  let project: string;
  let orgs: { readonly server: OrgGateway; readonly client: OrgGateway };
  beforeEach(async () => {
    local = await startLocalOrgs();
    project = temporaryProject('deploy-in-time');
    const [server, client] = await Promise.all(local.orgs.map((org) => connectLocalOrg(org)));
    if (!server || !client) throw new Error('no org was started');
    orgs = { server: await createGateway(server), client: await createGateway(client) };
    await setup();
  });
  afterEach(async () => {
    delete process.env['SF_ORG_METADATA_REST_DEPLOY'];
    await local.close();
  });

  const connection = () => {
    const draft = legacyNamedCredentialConnection();
    return { ...draft, server: { ...draft.server, username: local.orgs[0]?.integrationUsername ?? '' } };
  };

  const setup = () =>
    provision(
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

  const deploy = (waitMinutes?: number) =>
    deployConnection(
      {
        ...{ connection: connection(), projectRoot: project, orgs, checkOnly: false, force: false },
        sides: ['client'],
        ...(waitMinutes === undefined ? {} : { waitMinutes }),
      },
      { now: () => new Date(), onProgress: () => {} },
    );

  /** How long the client org lets deploys wait from now on. */
  async function queue(deployDelayPolls: number): Promise<void> {
    const answer = await fetch(`${local.orgs[1]?.instanceUrl}/_local/settings`, {
      method: 'PATCH',
      body: JSON.stringify({ deployDelayPolls }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).to.equal(200);
  }

  for (const transport of ['SOAP', 'REST']) {
    it(`is told with its id, and waited for by the same command again, over ${transport}`, async () => {
      process.env['SF_ORG_METADATA_REST_DEPLOY'] = String(transport === 'REST');
      const path = join(project, 'jwt/erp/client/main/default/classes/ErpClient.cls');
      await writeFile(path, `// mine\n${await readFile(path, 'utf8')}`);
      await queue(busy);
      const error = await refusalOf(() => deploy(tooShort));
      expect([error.key, error.exitCode]).to.deep.equal(['deployTimedOut', 3]);
      const id = String(error.data?.['deployId']);
      expect(error.tokens).to.include(id).and.to.include('waits in the queue of the org');
      const inBetween = await refusalOf(() => deploy(tooShort));
      expect([inBetween.key, inBetween.data?.['deployId']]).to.deep.equal(['deployTimedOut', id]);
      const [outcome] = await deploy();
      expect([outcome?.deployId, outcome?.state]).to.deep.equal([id, 'deployed']);
      await queue(0);
      const [next] = await deploy();
      expect(next?.deployId).not.to.equal(id);
    });
  }

  it('is waited for by a setup as well', async () => {
    await queue(busy);
    await refusalOf(() => deploy(tooShort));
    expect(changes(await setup())).to.deep.equal(['deploy-client']);
    expect(changes(await setup())).to.deep.equal([]);
  });
});
