import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { KeyStoreImport } from '../../src/apply/context.js';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { importIntoLocalOrg } from '../../src/cli/local-key-store.js';
import { verifyDeps } from '../../src/cli/verify-deps.js';
import { startLocalOrgs, type LocalOrgs, type RunningOrg } from '../../src/local-org/index.js';
import type { OrgGateway } from '../../src/org/gateway.js';
import { createGateway } from '../../src/org/salesforce.js';
import { provision, serverRecord, type SetupDeps } from '../../src/setup.js';
import { verifyConnection } from '../../src/verification.js';
import { namedCredentialConnection } from '../helpers/connections.js';
import { temporaryProject } from '../helpers/home.js';
import { changes } from '../helpers/provisioning.js';
import { refusalOf } from '../helpers/refusal.js';
import { registerPassword } from '../helpers/secrets.js';

const password = registerPassword('the password of an import by hand');

/** Orgs as `sf jwt local start` runs them: a person, or this test, imports the keystore. */
describe('setup with a keystore that somebody else imports', () => {
  let local: LocalOrgs;
  let root: string;
  let orgs: { readonly server: OrgGateway; readonly client: OrgGateway };
  let clientOrg: RunningOrg;
  beforeEach(async () => {
    local = await startLocalOrgs();
    const [server, client] = local.orgs;
    if (!server || !client) throw new Error('no orgs were started');
    clientOrg = client;
    root = temporaryProject('import');
    orgs = {
      server: await createGateway(await connectLocalOrg(server)),
      client: await createGateway(await connectLocalOrg(client)),
    };
  });
  afterEach(() => local.close());

  const input = () => {
    const draft = namedCredentialConnection({ certificate: { source: 'generate' } });
    const username = local.orgs[0]?.integrationUsername ?? '';
    const connection = { ...draft, server: { ...draft.server, username } };
    return { connection, projectRoot: root, orgs, force: false, savesConnection: true };
  };

  const setup = (keyStoreImport: KeyStoreImport = { kind: 'nobody' }, deps: Partial<SetupDeps> = {}) =>
    provision(input(), {
      now: () => new Date(),
      storePassword: { given: async () => password, ask: async () => undefined },
      keyStoreImport,
      onPlan: () => {},
      onBegin: () => {},
      onProgress: () => {},
      ...deps,
    });

  const upload = async (secret = password): Promise<void> => {
    const name = 'erp_jwt.jks';
    const bytes = await readFile(join(root, '.sf', 'jwt', 'erp', name));
    await importIntoLocalOrg(clientOrg, { name, bytes, password: secret });
  };

  it('stops, goes on once the keystore is imported, and is verified with the certificate of the org', async () => {
    expect((await refusalOf(() => setup())).key).to.equal('keyStoreImportPending');
    await upload();
    const provisioned = await setup();
    expect(changes(provisioned)).to.deep.equal([
      'disable-identity-provider',
      'deploy-client',
      'assign-callout-permission-set',
    ]);
    const server = serverRecord(input(), provisioned.facts);
    const { verified, checks } = await verifyConnection(
      { ...input(), server, clientOrg: orgs.client, deadlineSeconds: 0 },
      verifyDeps,
      () => {},
    );
    expect(checks.filter(({ status }) => status === 'failed')).to.deep.equal([]);
    expect(verified).to.equal(true);
    expect(changes(await setup())).to.deep.equal([]);
  });

  it('leaves no identity provider behind, which the org had to be for the import', async () => {
    const settings = async () => (await orgs.client.sources([{ type: 'Settings', fullName: 'IdentityProvider' }]))[0];
    await refusalOf(() => setup());
    expect((await settings())?.content).to.contain('<enableIdentityProvider>true</enableIdentityProvider>');
    await upload();
    await setup();
    expect((await settings())?.content).to.contain('<enableIdentityProvider>false</enableIdentityProvider>');
  });

  it('sees it while it waits', async () => {
    let looks = 0;
    const sleep = async (): Promise<void> => {
      looks += 1;
      if (looks === 2) await upload();
    };
    const byHand: KeyStoreImport = {
      kind: 'by-hand',
      waitSeconds: 60,
      sleep,
      askPassword: async () => password,
      tell: async () => {},
    };
    expect(changes(await setup(byHand))).to.include('deploy-client');
    expect(looks).to.equal(2);
  });

  it('passes on what the page of the org says of a keystore that it does not take', async () => {
    await refusalOf(() => setup());
    const error = await refusalOf(() => upload('not the password'));
    expect([error.key, error.tokens[0]]).to.deep.equal(['keyStoreRefused', clientOrg.alias]);
    expect(error.tokens[1]).to.contain('password was incorrect');
    await upload();
    const again = await refusalOf(() => upload());
    expect(again.tokens[1]).to.equal('There is already a certificate with the unique name erp_jwt.');
  });
});
