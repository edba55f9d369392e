import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Connection } from '../../../src/config/connection.js';
import { createKeyMaterial } from '../../../src/keys/create.js';
import { encodeKeyFiles } from '../../../src/keys/encode-key-files.js';
import { apexConnection } from '../../helpers/connections.js';
import type { FakeOrg } from '../../helpers/fake-org.js';
import { temporaryFolder } from '../../helpers/home.js';
import { changes, Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

const storePassword = { given: async () => 'correct horse', ask: async () => undefined };

describe('provision, with a key that is imported into the client org', () => {
  let platformPem: string;
  let on: Provisioning;
  let orgs: { readonly server: FakeOrg; readonly client: FakeOrg };
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(() => {
    on = new Provisioning(platformPem);
    orgs = { server: on.serverOrg(), client: on.clientOrg() };
    orgs.client.components.set('Certificate:some_other', '');
  });

  const run = (connection: Connection) => on.run(connection, orgs, { storePassword });

  describe("where the key is the user's own", () => {
    async function ownPair(): Promise<Connection> {
      const folder = temporaryFolder('pair');
      const options = { keySize: 2048, validDays: 30, subject: { CN: 'Mine' }, now: new Date('2026-11-01') } as const;
      const files = await encodeKeyFiles('mine', await createKeyMaterial(options));
      for (const { name, bytes, mode } of files) writeFileSync(join(folder, name), bytes, { mode });
      const named = { key: join(folder, 'mine.key'), certificate: join(folder, 'mine.crt') };
      return apexConnection({ certificate: { source: 'existing', files: named } });
    }

    it('imports it likewise', async () => {
      const own = await ownPair();
      expect((await refusalOf(() => run(own))).key).to.equal('keyStoreImportPending');
      orgs.client.import('erp_jwt', await readFile(on.keyFile('crt'), 'utf8'));
      expect(changes(await run(own))).to.deep.equal(['deploy-client']);
    });

    it('needs no import where the org has it already', async () => {
      const own = await ownPair();
      orgs.client.import('erp_jwt', await readFile(own.certificate.files?.certificate ?? '', 'utf8'));
      expect(changes(await run(own))).to.deep.equal([
        'save-connection',
        'adopt-key',
        'deploy-permission-set',
        'assign-permission-set',
        'deploy-app',
        'deploy-client',
      ]);
    });

    it('refuses the certificate of another key under its name before it does anything', async () => {
      const own = await ownPair();
      orgs.client.import('erp_jwt', platformPem);
      expect((await refusalOf(() => run(own))).key).to.equal('certificateIsAnother');
      expect(orgs.server.log).to.deep.equal([]);
    });
  });

  it('makes no key beside a certificate whose key is not here', async () => {
    mkdirSync(on.privateFolder, { recursive: true });
    writeFileSync(on.keyFile('crt'), platformPem);
    const error = await refusalOf(() => run(apexConnection({ certificate: { source: 'generate' } })));
    expect([error.key, error.tokens[0]]).to.deep.equal(['keyFileInTheWay', '.sf/jwt/erp/erp_jwt.crt']);
    expect(orgs.server.log).to.deep.equal([]);
  });
});
