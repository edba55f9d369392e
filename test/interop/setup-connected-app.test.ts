import { expect } from 'chai';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { verifyDeps } from '../../src/cli/verify-deps.js';
import { startLocalOrgs, type LocalOrgs } from '../../src/local-org/index.js';
import type { OrgGateway } from '../../src/org/gateway.js';
import { createGateway } from '../../src/org/salesforce.js';
import { provision, serverRecord } from '../../src/setup.js';
import { verifyConnection } from '../../src/verification.js';
import {
  apexConnection,
  externalConnection,
  legacyNamedCredentialConnection,
  namedCredentialConnection,
} from '../helpers/connections.js';
import { temporaryProject } from '../helpers/home.js';
import { changes } from '../helpers/provisioning.js';
import { refusalOf } from '../helpers/refusal.js';
import { OrgToOrg } from './org-to-org.js';

/** Most orgs refuse new Connected Apps; this one is as Salesforce Customer Support leaves it behind. */
const settings = { allowConnectedAppCreation: true };

describe('setup of a Connected App, in an org that allows it', () => {
  let local: LocalOrgs;
  let server: OrgGateway;
  before(async () => {
    local = await startLocalOrgs({ settings });
    const [org] = local.orgs;
    if (!org) throw new Error('no org was started');
    server = await createGateway(await connectLocalOrg(org));
  });
  after(() => local.close());

  const user = (): string => local.orgs[0]?.integrationUsername ?? '';
  const connection = () => {
    const draft = externalConnection();
    const app = { ...draft.server.app, type: 'connected-app' } as const;
    return { ...draft, server: { ...draft.server, username: user(), app } };
  };

  it('is verified, and is found unchanged in a second run', async () => {
    const input = {
      connection: connection(),
      projectRoot: temporaryProject('connected-app'),
      orgs: { server },
      force: false,
      savesConnection: true,
    };
    const deps = {
      now: () => new Date(),
      storePassword: { given: async () => undefined, ask: async () => undefined },
      keyStoreImport: { kind: 'nobody' },
      onPlan: () => {},
      onBegin: () => {},
      onProgress: () => {},
    } as const;
    const first = await provision(input, deps);
    const { checks, verified } = await verifyConnection(
      { ...input, server: serverRecord(input, first.facts), deadlineSeconds: 0 },
      verifyDeps,
      () => {},
    );
    expect(checks.filter(({ status }) => status !== 'passed')).to.deep.equal([]);
    expect(verified).to.equal(true);
    const second = await provision(input, deps);
    expect(changes(second)).to.deep.equal([]);
    expect(second.facts.consumerKey).to.equal(first.facts.consumerKey);
  });
});

describe('setup of a Connected App that a client org calls', () => {
  const started: OrgToOrg[] = [];
  afterEach(() => Promise.all(started.splice(0).map((orgs) => orgs.close())));

  const start = async (options = {}): Promise<OrgToOrg> => {
    const orgs = await OrgToOrg.start(options);
    started.push(orgs);
    return orgs;
  };
  const withConnectedApp = (make: typeof apexConnection, source: 'platform' | 'generate', username: string) => {
    const draft = make({ certificate: { source } });
    return {
      ...draft,
      server: { ...draft.server, username, app: { ...draft.server.app, type: 'connected-app' } },
    } as const;
  };

  for (const make of [apexConnection, namedCredentialConnection, legacyNamedCredentialConnection]) {
    for (const source of ['platform', 'generate'] as const) {
      it(`is verified, and is found unchanged in a second run (${make().client.type}, ${source})`, async () => {
        const orgs = await start({ settings });
        const connection = withConnectedApp(make, source, orgs.integrationUsername);
        expect(changes(await orgs.setUp(connection))).to.include.members(['deploy-app', 'deploy-client']);
        const { checks, verified } = await orgs.verify();
        expect(checks.filter(({ status }) => status === 'failed')).to.deep.equal([]);
        expect(verified).to.equal(true);
        expect(changes(await orgs.setUp(connection))).to.deep.equal([]);
      });
    }
  }

  it('is refused by an org that allows no new ones, with the way out, and nothing is deployed to the client org', async () => {
    const orgs = await start();
    const error = await refusalOf(() =>
      orgs.setUp(withConnectedApp(apexConnection, 'platform', orgs.integrationUsername)),
    );
    expect([error.key, error.exitCode]).to.deep.equal(['connectedAppsBlocked', 3]);
    expect(error.tokens[0]).to.contain('connectedApps/Erp_Integration.connectedApp-meta.xml');
    const { totalSize } = await orgs.client.tooling.query("SELECT Id FROM ApexClass WHERE Name = 'ErpClient'");
    expect(totalSize).to.equal(0);
  });
});
