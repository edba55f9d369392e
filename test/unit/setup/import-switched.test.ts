import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { SetupDeps } from '../../../src/setup.js';
import { apexConnection } from '../../helpers/connections.js';
import type { FakeOrg } from '../../helpers/fake-org.js';
import { changes, Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';
import { registerPassword } from '../../helpers/secrets.js';

const password = registerPassword('correct horse of the switch');
const given: SetupDeps['storePassword'] = { given: async () => password, ask: async () => undefined };
const nothing: SetupDeps['storePassword'] = { given: async () => undefined, ask: async () => undefined };
const tooShort: SetupDeps['storePassword'] = { given: async () => 'abc', ask: async () => undefined };
const own = apexConnection({ certificate: { source: 'generate', name: 'erp_mine' } });

describe('provision, where a connection that works gets a key that was made here', () => {
  let platformPem: string;
  let on: Provisioning;
  let orgs: { readonly server: FakeOrg; readonly client: FakeOrg };
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(async () => {
    on = new Provisioning(platformPem);
    orgs = { server: on.serverOrg(), client: on.clientOrg() };
    await on.run(apexConnection(), orgs);
    orgs.server.log.length = 0;
    orgs.client.log.length = 0;
  });

  const run = (deps: Partial<SetupDeps> = {}) => on.run(own, orgs, { storePassword: given, force: true, ...deps });
  const journal = () => readFile(`${on.privateFolder}/journal.jsonl`, 'utf8');

  for (const [what, storePassword, key] of [
    ['there is neither a password nor anybody to ask', nothing, 'keyStorePasswordMissing'],
    ['the password is none for a store', tooShort, 'storePasswordRefused'],
  ] as const) {
    it(`changes nothing where ${what}`, async () => {
      const before = await journal();
      const saved = await readFile(`${on.root}/config/jwt-connections.json`, 'utf8');
      expect((await refusalOf(() => run({ storePassword }))).key).to.equal(key);
      expect([orgs.server.log, orgs.client.log]).to.deep.equal([[], []]);
      expect(await journal()).to.equal(before);
      expect(await readFile(`${on.root}/config/jwt-connections.json`, 'utf8')).to.equal(saved);
    });
  }

  it('says so in a dry run', async () => {
    expect((await on.plan(own, orgs)).obstacle?.key).to.equal('keyIsInClientOrg');
    const first = new Provisioning(platformPem);
    const emptyOrgs = { server: first.serverOrg(), client: first.clientOrg() };
    expect((await first.plan(own, emptyOrgs)).obstacle?.key).to.equal('keyStorePasswordMissing');
    expect((await first.plan(apexConnection(), emptyOrgs)).obstacle).to.equal(undefined);
  });

  it('gives the app the new certificate only once the client org has its key', async () => {
    expect((await refusalOf(run)).key).to.equal('keyStoreImportPending');
    expect(orgs.server.log).to.deep.equal([]);
    orgs.client.import('erp_mine', await readFile(`${on.privateFolder}/erp_mine.crt`, 'utf8'));
    expect(changes(await run())).to.deep.equal(['deploy-app', 'deploy-client', 'remove-files']);
    expect(orgs.server.log).to.have.length(1);
  });
});
