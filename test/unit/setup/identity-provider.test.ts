import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { JwtError } from '../../../src/errors.js';
import type { SetupDeps } from '../../../src/setup.js';
import { apexConnection } from '../../helpers/connections.js';
import type { FakeOrg } from '../../helpers/fake-org.js';
import { changes, Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

const storePassword: SetupDeps['storePassword'] = { given: async () => 'correct horse', ask: async () => undefined };
const connection = apexConnection({ certificate: { source: 'generate' } });

describe('provision, where the client org has no certificate at all', () => {
  let platformPem: string;
  let on: Provisioning;
  let client: FakeOrg;
  let server: FakeOrg;
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(() => {
    on = new Provisioning(platformPem);
    server = on.serverOrg();
    client = on.clientOrg();
  });

  const run = () => on.run(connection, { server, client }, { storePassword });
  const importOwn = async (): Promise<void> => client.import('erp_jwt', await readFile(on.keyFile('crt'), 'utf8'));
  const settings = (): string => client.components.get('Settings:IdentityProvider') ?? '';

  it('enables the identity provider for the import, which the org would refuse without', async () => {
    await refusalOf(run);
    expect(client.log).to.deep.equal(['deploy Certificate:jwt_identity_provider Settings:IdentityProvider']);
    expect(settings()).to.contain('<certificateName>jwt_identity_provider</certificateName>');
    expect(settings()).to.contain('<enableIdentityProvider>true</enableIdentityProvider>');
  });

  it('disables it after the import, in whichever run that is seen, and once only', async () => {
    await refusalOf(run);
    await refusalOf(run);
    await importOwn();
    expect(changes(await run())).to.deep.equal(['disable-identity-provider', 'deploy-client']);
    expect(settings()).to.contain('<enableIdentityProvider>false</enableIdentityProvider>');
    expect(changes(await run())).to.deep.equal([]);
    expect(client.log.filter((line) => line.includes('Settings:IdentityProvider'))).to.have.length(2);
  });

  it('is told of while the import is awaited, and only where setup enabled it', async () => {
    for (let runs = 0; runs < 2; runs += 1) {
      const error = await refusalOf(run);
      expect(error.tokens[2]).to.contain('Until then the org is an identity provider');
      expect(error.data?.['identityProviderEnabled']).to.equal(true);
    }
    client = on.clientOrg({ orgId: '00DOTHER' });
    client.import('other', platformPem);
    const error = await refusalOf(run);
    expect([error.key, error.tokens[2]]).to.deep.equal(['keyStoreImportPending', '']);
  });

  it('keeps both out of the source of the project', async () => {
    await refusalOf(run);
    const files = readdirSync(on.root, { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /identity/i.test(file))).to.deep.equal([]);
  });

  it('says in the plan why', async () => {
    let reason: string | undefined;
    const onPlan: SetupDeps['onPlan'] = ({ steps }) => {
      reason = steps.find(({ kind }) => kind === 'enable-identity-provider')?.reason;
    };
    await refusalOf(() => on.run(connection, { server, client }, { storePassword, onPlan }));
    expect(reason).to.equal('without any certificate, the org answers an import with "Data Not Available"');
  });

  it('leaves the identity provider of an org alone that has certificates', async () => {
    client.components.set('Certificate:some_other', '');
    await refusalOf(run);
    await importOwn();
    await run();
    expect(client.log.filter((line) => line.includes('Settings:IdentityProvider'))).to.deep.equal([]);
  });

  it('does not disable what an org refused to enable', async () => {
    const refusing = on.clientOrg({ refuse: [{ message: 'no' }] });
    const error = await refusalOf(() => on.run(connection, { server, client: refusing }, { storePassword }));
    expect(error.key).to.equal('deployRefused');
    await importOwn();
    expect(changes(await run())).to.deep.equal(['deploy-client']);
  });

  it('leaves it on where somebody uses it with a certificate of their own by now', async () => {
    await refusalOf(run);
    await importOwn();
    client.files.set('settings/IdentityProvider.settings', '<certificateName>corporate_sso</certificateName>');
    await run();
    expect(settings()).to.contain('<enableIdentityProvider>true</enableIdentityProvider>');
    expect(changes(await run())).to.deep.equal([]);
  });

  it('enables it once more for a later import, and disables it once more', async () => {
    await refusalOf(run);
    await importOwn();
    await run();
    for (const name of ['erp_jwt', 'jwt_identity_provider']) client.components.delete(`Certificate:${name}`);
    await refusalOf(run);
    expect(settings()).to.contain('<enableIdentityProvider>true</enableIdentityProvider>');
    await importOwn();
    await run();
    expect(settings()).to.contain('<enableIdentityProvider>false</enableIdentityProvider>');
  });

  describe('whose deploy did not end in time', () => {
    const timeUp = () => {
      throw new JwtError('deployTimedOut', ['0Af0', '33', 'goes on', '0Af0', 'a', '0Af0', 'a']);
    };

    it('waits for that deploy in the next run, and goes on from there', async () => {
      client.verdict = timeUp;
      expect((await refusalOf(run)).key).to.equal('deployTimedOut');
      client.verdict = () => ({ success: true });
      expect((await refusalOf(run)).key).to.equal('keyStoreImportPending');
      expect(client.log).to.deep.equal(['resume 0Af0', 'ends well']);
    });

    it('waits likewise for the one that disables it', async () => {
      await refusalOf(run);
      await importOwn();
      client.log.length = 0;
      client.verdict = timeUp;
      expect((await refusalOf(run)).key).to.equal('deployTimedOut');
      client.verdict = ({ resumeId }) => (resumeId === undefined ? undefined : { success: true });
      expect(changes(await run())).to.deep.equal(['disable-identity-provider', 'deploy-client']);
      expect(client.log.slice(0, 2)).to.deep.equal(['resume 0Af1', 'ends well']);
      expect(client.log.filter((line) => line.includes('Settings:IdentityProvider'))).to.deep.equal([]);
    });

    it('starts anew after one that was refused, or that somebody cancelled', async () => {
      for (const verdict of [{ problems: [{ message: 'no' }] }, { unfinished: 'cancelled' as const }]) {
        client.verdict = timeUp;
        await refusalOf(run);
        client.verdict = ({ resumeId }) => (resumeId === undefined ? undefined : verdict);
        await refusalOf(run);
        client.verdict = () => undefined;
        await refusalOf(run);
        expect(client.log.at(-1)).to.equal('deploy Certificate:jwt_identity_provider Settings:IdentityProvider');
        client.components.clear();
      }
    });
  });
});
