import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { expect } from 'chai';
import type { Connection } from '../../../src/config/connection.js';
import { apexConnection, externalConnection, namedCredentialConnection } from '../../helpers/connections.js';
import { changes, Provisioning } from '../../helpers/provisioning.js';

class Killed extends Error {}

describe('provision', () => {
  let platformPem: string;
  let on: Provisioning;
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(() => {
    on = new Provisioning(platformPem);
  });

  describe('after a kill', () => {
    /** Lets the n-th effect end the run, as a kill would; `undefined` once there are no more effects. */
    async function killAt(connection: Connection, n: number): Promise<string | undefined> {
      let count = 0;
      const effect = (name: string): void => {
        count += 1;
        if (count === n) throw new Killed(name);
      };
      const server = on.serverOrg({ effect });
      const client = on.clientOrg({ effect });
      const orgs = connection.client.type === 'external' ? { server } : { server, client };
      const deps = {
        keyStoreImport: {
          kind: 'upload',
          upload: async () => client.import('erp_jwt', await readFile(on.keyFile('crt'), 'utf8')),
        },
      } as const;
      const where = await on
        .run(connection, orgs, {
          ...deps,
          now: () => {
            effect('clock');
            return new Date('2026-11-01T12:00:00Z');
          },
        })
        .then(
          () => undefined,
          (error: unknown) => {
            if (error instanceof Killed) return error.message;
            throw error;
          },
        );
      const key = await readFile(on.keyFile('key'), 'utf8').catch(() => undefined);
      count = Number.NEGATIVE_INFINITY;
      await on.run(connection, orgs, deps);
      const isKeyKept = key === undefined || key === (await readFile(on.keyFile('key'), 'utf8'));
      expect(isKeyKept, `key after kill ${n} (${where})`).to.equal(true);
      expect(changes(await on.run(connection, orgs, deps)), `third run after kill ${n} (${where})`).to.deep.equal([]);
      expect(server.components.has('ExtlClntAppOauthSettings:Erp_Integration')).to.equal(true);
      expect(server.assignments.size).to.equal(1);
      expect(client.components.get('Settings:IdentityProvider') ?? '').not.to.contain('true<');
      return where;
    }

    const ofEachOrg = ['clock', 'deploy starts', 'deploy ends', 'assignment starts', 'assignment ends'];
    const generate = { certificate: { source: 'generate' } } as const;
    for (const [connection, effects] of [
      [externalConnection(), ofEachOrg],
      [apexConnection(), ofEachOrg],
      [namedCredentialConnection(), ofEachOrg],
      [apexConnection(generate), [...ofEachOrg, 'import starts', 'import ends']],
      [namedCredentialConnection(generate), [...ofEachOrg, 'import starts', 'import ends']],
    ] as const) {
      const { client, certificate } = connection;
      it(`finishes what was begun, wherever it was killed (${client.type}, ${certificate.source})`, async () => {
        const places = new Set<string>();
        for (let n = 1; ; n += 1) {
          const where = await killAt(connection, n);
          if (where === undefined) break;
          places.add(where);
          on = new Provisioning(platformPem);
        }
        expect([...places]).to.have.members([...effects]);
      });
    }

    it('waits for the deploy that was under way instead of starting it again', async () => {
      let isKilled = false;
      const effect = (name: string): void => {
        if (name === 'deploy ends' && !isKilled) {
          isKilled = true;
          throw new Killed(name);
        }
      };
      const server = on.serverOrg({ effect });
      await on.run(externalConnection(), { server }).catch(() => undefined);
      server.components.clear();
      await on.run(externalConnection(), { server });
      // Once to learn whose the components are, once to wait.
      expect(server.log.slice(0, 3)).to.deep.equal([
        'deploy PermissionSet:Erp_Integration_Access',
        ...['resume 0Af0', 'resume 0Af0'],
      ]);
    });

    it('makes the certificate for a key that was left without one', async () => {
      const server = on.serverOrg();
      await on.run(externalConnection(), { server });
      const key = await readFile(on.keyFile('key'), 'utf8');
      await Promise.all(['crt', 'pem', 'csr'].map((suffix) => rm(on.keyFile(suffix))));
      expect(changes(await on.run(externalConnection(), { server }))).to.deep.equal(['create-key', 'deploy-app']);
      const isKeyKept = key === (await readFile(on.keyFile('key'), 'utf8'));
      expect(isKeyKept).to.equal(true);
      const certificate = new X509Certificate(await readFile(on.keyFile('crt')));
      expect(certificate.checkPrivateKey(createPrivateKey(key))).to.equal(true);
      expect(server.components.get('ExtlClntAppGlobalOauthSettings:Erp_Integration')).to.contain(
        certificate.toString().trim(),
      );
    });
  });
});
