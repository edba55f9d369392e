import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { privateFolder } from '../../../src/private-folder.js';
import type { App, Connection, SalesforceConnection } from '../../../src/config/connection.js';
import { createKeyMaterial } from '../../../src/keys/create.js';
import { encodeKeyFiles } from '../../../src/keys/encode-key-files.js';
import { noteVerification } from '../../../src/setup.js';
import { saveConnection } from '../../../src/config/connection-file.js';
import { toDraft } from '../../../src/config/saved-connection.js';
import {
  apexConnection,
  externalConnection,
  legacyNamedCredentialConnection,
  namedCredentialConnection,
} from '../../helpers/connections.js';
import { FakeOrg } from '../../helpers/fake-org.js';
import { temporaryFolder } from '../../helpers/home.js';
import { changes, integrationUser, Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

describe('provision, after settings have changed', () => {
  let platformPem: string;
  let on: Provisioning;
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(() => {
    on = new Provisioning(platformPem);
  });

  const withApp = (connection: SalesforceConnection, app: Partial<App>): Connection => ({
    ...connection,
    server: { ...connection.server, app: { ...connection.server.app, ...app } },
  });

  it('refuses to take over an app of others under its new name, and its class likewise', async () => {
    const orgs = { server: on.serverOrg(), client: on.clientOrg() };
    await on.run(apexConnection(), orgs);
    orgs.server.components.set('ExternalClientApplication:Theirs', 'theirs');
    orgs.client.components.set('ApexClass:TheirClient', 'theirs');
    const renamedApp = withApp(apexConnection(), { name: 'Theirs' });
    expect((await refusalOf(() => on.run(renamedApp, orgs))).tokens[0]).to.equal(
      'ExternalClientApplication Theirs in the server org',
    );
    const renamedClass = apexConnection({ client: { type: 'apex', org: 'crm-prod', classPrefix: 'Their' } });
    expect((await refusalOf(() => on.run(renamedClass, orgs))).tokens[0]).to.equal(
      'ApexClass TheirClient in the client org',
    );
    expect(orgs.server.components.get('ExternalClientApplication:Theirs')).to.equal('theirs');
  });

  it('ignores the case of names, as Salesforce does', async () => {
    const server = on.serverOrg();
    server.components.set('ExternalClientApplication:eRP_integration', 'theirs');
    expect((await refusalOf(() => on.run(externalConnection(), { server }))).key).to.equal('notOurs');
  });

  it('does not own what an org refused to take', async () => {
    const refusing = on.serverOrg({ refuse: [{ message: 'no' }] });
    refusing.components.set('PermissionSet:Erp_Integration_Access', '');
    expect((await refusalOf(() => on.run(externalConnection(), { server: refusing }))).key).to.equal('deployRefused');
    const later = on.serverOrg();
    later.components.set('ExternalClientApplication:Erp_Integration', 'made by somebody else in the meantime');
    expect((await refusalOf(() => on.run(externalConnection(), { server: later }))).key).to.equal('notOurs');
  });

  it('knows its own app again after a run against another org in between', async () => {
    const first = on.serverOrg();
    await on.run(externalConnection(), { server: first });
    await on.run(externalConnection(), { server: new FakeOrg({ orgId: '00DOTHER', users: [integrationUser] }) });
    expect(changes(await on.run(externalConnection(), { server: first }))).to.deep.equal([]);
  });

  it('removes the files of a name that it no longer has, and none that somebody changed', async () => {
    const orgs = { server: on.serverOrg(), client: on.clientOrg() };
    await on.run(apexConnection(), orgs);
    const classes = join(on.root, 'jwt', 'erp', 'client', 'main', 'default', 'classes');
    const before = readdirSync(classes);
    writeFileSync(join(classes, 'ErpClientTest.cls'), '// mine');
    const renamed = apexConnection({ client: { type: 'apex', org: 'crm-prod', classPrefix: 'Crm' } });
    expect(changes(await on.run(renamed, orgs))).to.deep.equal(['save-connection', 'deploy-client', 'remove-files']);
    const after = before.map((file) => file.replace(/^Erp/, 'Crm'));
    expect(readdirSync(classes).sort()).to.deep.equal([...after, 'ErpClientTest.cls'].sort());
    expect(changes(await on.run(renamed, orgs))).to.deep.equal([]);
  });

  for (const [first, second] of [
    [namedCredentialConnection, legacyNamedCredentialConnection],
    [legacyNamedCredentialConnection, namedCredentialConnection],
  ] as const) {
    const { type } = second().client;
    it(`makes no ${type} of a Named Credential of the other kind, unless it is forced or has another name`, async () => {
      const orgs = { server: on.serverOrg(), client: on.clientOrg() };
      await on.run(first(), orgs);
      const logged = orgs.client.log.length;
      const error = await refusalOf(() => on.run(second(), orgs));
      expect([error.key, error.tokens[2], error.tokens[4]]).to.deep.equal([
        'namedCredentialOfOtherKind',
        first().client.type,
        type,
      ]);
      expect((await on.plan(second(), orgs)).obstacle?.key).to.equal('namedCredentialOfOtherKind');
      expect(orgs.client.log).to.have.length(logged);
      const other = { type, org: 'crm-prod', namedCredential: 'Erp_2' } as const;
      expect(changes(await on.run(second({ client: other }), orgs))).to.include('deploy-client');
      expect(changes(await on.run(second({ client: other }), orgs))).to.deep.equal([]);
    });

    it(`notices so for ${type} where the connection file was changed by hand, and lets it be forced`, async () => {
      const orgs = { server: on.serverOrg(), client: on.clientOrg() };
      await on.run(first(), orgs);
      await saveConnection(on.root, 'erp', toDraft(second()));
      expect((await refusalOf(() => on.run(second(), orgs))).key).to.equal('namedCredentialOfOtherKind');
      await on.run(second(), orgs, { force: true });
      expect(changes(await on.run(second(), orgs))).to.deep.equal([]);
    });
  }

  it('deploys again after a verification that failed, since the org may have been changed by hand', async () => {
    const orgs = { server: on.serverOrg(), client: on.clientOrg() };
    await on.run(apexConnection(), orgs);
    const server = { orgId: '00DSERVER', instanceUrl: 'https://a.b', consumerKey: 'k', org: 'o', app: 'a' };
    const note = (verified: boolean): Promise<void> =>
      noteVerification(privateFolder(on.root, 'erp'), { at: new Date(), verified, server });
    await note(false);
    expect(changes(await on.run(apexConnection(), orgs))).to.deep.equal(['deploy-app', 'deploy-client']);
    await note(true);
    expect(changes(await on.run(apexConnection(), orgs))).to.deep.equal([]);
  });

  describe('of the key', () => {
    const asking = (certificate: Partial<Connection['certificate']>): Connection => {
      const connection = externalConnection();
      return { ...connection, certificate: { ...connection.certificate, ...certificate } };
    };

    for (const [what, certificate, said] of [
      ['another size', { keySize: 4096 }, '4096 bits, and a key of 2048 is there'],
      ['other days', { validDays: 30 }, 'valid for 30 days, and one for 365 is there'],
      ['another subject', { subject: { CN: 'Other' } }, 'subject CN=Other, and CN=Erp Integration is there'],
    ] as const) {
      it(`refuses ${what} than the key that is there has, and keeps that key`, async () => {
        const server = on.serverOrg();
        await on.run(externalConnection(), { server });
        const key = await readFile(on.keyFile('key'), 'utf8');
        const error = await refusalOf(() => on.run(asking(certificate), { server }, { force: true }));
        expect([error.key, error.tokens[1]]).to.deep.equal(['keyDiffers', said]);
        const isKept = key === (await readFile(on.keyFile('key'), 'utf8'));
        expect(isKept).to.equal(true);
      });
    }

    it('takes a subject for the same in whichever order and however escaped', async () => {
      const subject = { O: 'Acme, "Inc" + Söhne', CN: ' #1 <ERP>\\' };
      const server = on.serverOrg();
      await on.run(asking({ subject }), { server });
      const reordered = { CN: subject.CN, O: subject.O };
      expect(changes(await on.run(asking({ subject: reordered }), { server }))).to.deep.equal([]);
    });

    it('says that the key is elsewhere in a clone of the project, instead of making a new one', async () => {
      const server = on.serverOrg();
      await on.run(externalConnection(), { server });
      rmSync(join(on.root, '.sf'), { recursive: true });
      const error = await refusalOf(() => on.run(externalConnection(), { server }));
      expect([error.key, error.tokens[0]]).to.deep.equal(['keyIsElsewhere', 'Erp_Integration']);
      expect(readdirSync(join(on.root, '.sf', 'jwt'))).to.deep.equal(['.gitignore']);
    });

    it('says that the client org has the key, where a key is to be made here from now on', async () => {
      const orgs = { server: on.serverOrg(), client: on.clientOrg() };
      await on.run(apexConnection(), orgs);
      const own = apexConnection({ certificate: { source: 'generate', name: 'erp_mine' } });
      const error = await refusalOf(() => on.run(own, orgs));
      expect([error.key, error.tokens]).to.deep.equal([
        'keyIsInClientOrg',
        ['Erp_Integration', 'erp-prod', 'crm-prod', 'erp'],
      ]);
      expect((await on.plan(own, orgs)).obstacle?.key).to.equal('keyIsInClientOrg');
      expect(changes(await on.run(apexConnection(), orgs))).to.deep.equal([]);
    });

    describe("where it is the user's own", () => {
      async function ownPair(): Promise<Connection> {
        const folder = temporaryFolder('pair');
        const options = { keySize: 2048, validDays: 30, subject: { CN: 'Mine' }, now: new Date('2026-11-01') } as const;
        const files = await encodeKeyFiles('mine', await createKeyMaterial(options));
        for (const { name, bytes, mode } of files) writeFileSync(join(folder, name), bytes, { mode });
        const named = { key: join(folder, 'mine.key'), certificate: join(folder, 'mine.crt') };
        return asking({ source: 'existing', files: named });
      }

      it('refuses another pair than the one that it adopted', async () => {
        const server = on.serverOrg();
        await on.run(await ownPair(), { server });
        const other = await ownPair();
        expect((await refusalOf(() => on.run(other, { server }))).key).to.equal('keyDiffers');
      });

      it('does without the files once they are adopted', async () => {
        const server = on.serverOrg();
        const connection = await ownPair();
        await on.run(connection, { server });
        rmSync(connection.certificate.files?.key ?? '');
        expect(changes(await on.run(connection, { server }))).to.deep.equal([]);
      });

      it('does not mix a pair with the key that a killed run left behind', async () => {
        const [first] = await encodeKeyFiles(
          'erp_jwt',
          await createKeyMaterial({ keySize: 2048, validDays: 1, subject: { CN: 'a' }, now: new Date() }),
        );
        mkdirSync(on.privateFolder, { recursive: true });
        writeFileSync(on.keyFile('key'), first?.bytes ?? '', { mode: 0o600 });
        const error = await refusalOf(async () => on.run(await ownPair(), { server: on.serverOrg() }));
        expect(error.key).to.equal('keyDiffers');
        expect(readdirSync(on.privateFolder)).not.to.include('erp_jwt.crt');
      });

      it('tells what is wrong with the files before it changes anything', async () => {
        const connection = await ownPair();
        rmSync(connection.certificate.files?.certificate ?? '');
        const server = on.serverOrg();
        expect((await refusalOf(() => on.run(connection, { server }))).key).to.equal('keyFileUnreadable');
        expect(server.log).to.deep.equal([]);
        expect(readdirSync(on.root)).not.to.include('config');
      });
    });
  });
});
