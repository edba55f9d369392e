import { expect } from 'chai';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { verifyDeps } from '../../src/cli/verify-deps.js';
import { startLocalOrgs, type LocalOrgs } from '../../src/local-org/index.js';
import type { OrgGateway } from '../../src/org/gateway.js';
import { createGateway } from '../../src/org/salesforce.js';
import { provision, serverRecord } from '../../src/setup.js';
import { verifyConnection } from '../../src/verification.js';
import { externalConnection } from '../helpers/connections.js';
import { temporaryProject } from '../helpers/home.js';
import { changes } from '../helpers/provisioning.js';

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
