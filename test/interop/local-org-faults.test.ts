import { createPrivateKey, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuthInfo, Connection } from '@salesforce/core';
import { expect } from 'chai';
import { JwtError } from '../../src/errors.js';
import { asRefusal } from '../../src/org/salesforce-refusal.js';
import type { Check } from '../../src/verify/check.js';
import { verifyFlow } from '../../src/verify/verify-flow.js';
import { temporaryFolder } from '../helpers/home.js';
import {
  assignPermissionSet,
  hostOrgs,
  makeKeyPair,
  putExternalClientApp,
  type HostedOrg,
  type KeyPair,
} from '../unit/local-org/hosted-org.js';

const username = 'admin@fault-server.local';

/** What `@salesforce/core`, jsforce inside it, and our own verification make of an org in trouble. */
describe('clients and the faults of a local org', () => {
  let host: HostedOrg;
  let keys: KeyPair;
  let keyFile: string;
  const environment = { HOME: process.env['HOME'], keychain: process.env['SF_USE_GENERIC_UNIX_KEYCHAIN'] };

  before(async () => {
    // After a refusal core sends the assertion to the real login hosts.
    await import(new URL('../helpers/no-network.mjs', import.meta.url).href);
    process.env['HOME'] = temporaryFolder('fault-home');
    process.env['SF_USE_GENERIC_UNIX_KEYCHAIN'] = 'true';
    keys = await makeKeyPair();
    keyFile = join(temporaryFolder('fault-key'), 'crm.key');
    writeFileSync(keyFile, keys.privateKeyPem, { mode: 0o600 });
    host = (await hostOrgs(['fault-server']))[0]!;
    putExternalClientApp(host.org, { certificate: keys.certificatePem, permissionSet: 'Crm_Access' });
    assignPermissionSet(host.org, username);
  });

  afterEach(() => host.send('DELETE', '/_local/faults'));

  after(async () => {
    process.env['HOME'] = environment.HOME;
    if (environment.keychain === undefined) delete process.env['SF_USE_GENERIC_UNIX_KEYCHAIN'];
    await host.close();
    expect(host.faults).to.deep.equal([]);
  });

  const arm = async (...rules: string[]): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    expect((await host.send('POST', '/_local/faults', { json: { rules }, headers })).status).to.equal(201);
  };

  const hits = async (): Promise<readonly number[]> =>
    (await host.send('GET', '/_local/faults')).body.rules.map(({ hit }: { hit: number }) => hit);

  describe('@salesforce/core', () => {
    let connection: Connection;

    before(async () => {
      const oauth2Options = { clientId: 'CRM_KEY', privateKeyFile: keyFile, loginUrl: host.org.instanceUrl };
      const authInfo = await AuthInfo.create({ username, oauth2Options });
      await authInfo.save();
      connection = await Connection.create({ authInfo });
    });

    const failure = async (
      work: PromiseLike<unknown>,
    ): Promise<{ readonly name: string; readonly message: string }> => {
      const error: unknown = await Promise.resolve(work).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(Error);
      return error as Error;
    };

    for (const fault of ['503', 'reset', 'maintenance']) {
      it(`asks again after ${fault}, and then gets its answer`, async () => {
        await arm(`${fault} operation=query`);
        expect((await connection.query('SELECT Id FROM Organization')).totalSize).to.equal(1);
        expect(await hits()).to.deep.equal([1]);
      });
    }

    it('logs in again when its session has expired, in the middle of its work', async () => {
      const before = connection.accessToken;
      await arm('expired-session operation=query after=1');
      for (let index = 0; index < 3; index += 1)
        expect((await connection.query('SELECT Id FROM Organization')).totalSize).to.equal(1);
      expect(await hits()).to.deep.equal([1]);
      expect(connection.accessToken === before, 'the same access token as before').to.equal(false);
    });

    it('logs in again when a SOAP call finds its session expired', async () => {
      await arm('expired-session operation=describe-metadata');
      expect((await connection.metadata.describe('67.0')).metadataObjects.length).to.be.greaterThan(5);
      expect(await hits()).to.deep.equal([1]);
    });

    it('reports a used-up API limit and a locked row under their codes', async () => {
      await arm('api-limit operation=query', 'lock-row operation=create');
      expect(await failure(connection.query('SELECT Id FROM User'))).to.include({
        name: 'REQUEST_LIMIT_EXCEEDED',
        message: 'TotalRequests Limit exceeded.',
      });
      expect(await failure(connection.sobject('Account').create({ Name: 'A' }))).to.include({
        name: 'UNABLE_TO_LOCK_ROW',
        message: 'unable to obtain exclusive access to this record',
      });
    });

    it('gives us the words of a maintenance page, and none of its markup', async () => {
      await arm('maintenance operation=create');
      const create = () => connection.sobject('Account').create({ Name: 'A' });
      const error = await failure(asRefusal(connection, create));
      expect(error).to.be.instanceOf(JwtError).and.include({ key: 'orgUnavailable' });
      expect((error as JwtError).tokens.slice(0, 2)).to.deep.equal([
        username,
        "ERROR_HTTP_503: We are down for maintenance. Sorry for the inconvenience. We'll be back shortly.",
      ]);
    });

    it('gives us the cause of each refusal that has nothing to do with permissions, and the way out of it', async () => {
      const refusal = async (rule: string, work: () => Promise<unknown>): Promise<JwtError> => {
        await arm(rule);
        return (await failure(asRefusal(connection, work))) as unknown as JwtError;
      };
      const query = async () => await connection.query('SELECT Id FROM User');
      const limit = await refusal('api-limit operation=query', query);
      expect([limit.key, limit.tokens[2]]).to.deep.equal(['requestLimitReached', username]);
      const locked = await refusal('lock-row operation=create', () =>
        connection.sobject('Account').create({ Name: 'A' }),
      );
      expect(locked.key).to.equal('recordLocked');
      const busy = await refusal('503 operation=describe-metadata', () => connection.metadata.describe('67.0'));
      expect(busy.key).to.equal('orgUnavailable');
    });

    it('tells a login that cannot be renewed from one that may not be renewed so often', async () => {
      const kept = {
        accessToken: String(connection.accessToken),
        instanceUrl: host.org.instanceUrl,
        loginUrl: host.org.instanceUrl,
        orgId: host.org.id,
        username: 'token-only@fault-server.local',
        isDevHub: false,
        namespacePrefix: null,
      };
      const authInfo = await AuthInfo.create({ accessTokenOptions: kept });
      const withoutRenewal = await Connection.create({ authInfo, connectionOptions: { version: '67.0' } });
      await arm('expired-session operation=query');
      const ended = await failure(
        asRefusal(withoutRenewal, async () => await withoutRenewal.query('SELECT Id FROM User')),
      );
      expect(ended).to.be.instanceOf(JwtError).and.include({ key: 'loginEnded' });
      expect((ended as unknown as JwtError).tokens[2]).to.equal('sf jwt local start');
      await arm('expired-session operation=query', 'login-rate times=20');
      const tooOften = await failure(asRefusal(connection, async () => await connection.query('SELECT Id FROM User')));
      expect(tooOften).to.be.instanceOf(JwtError).and.include({ key: 'loginRateReached' });
    });

    it('reports a SOAP fault of an org that is too busy, and does not send the call twice', async () => {
      await arm('503 operation=describe-metadata times=5');
      expect((await failure(connection.metadata.describe('67.0'))).message).to.include('Server too busy');
      expect(await hits()).to.deep.equal([1]);
    });
  });

  describe('our verification', () => {
    const verify = async () => {
      const result = await verifyFlow(
        {
          privateKey: createPrivateKey(keys.privateKeyPem),
          certificate: new X509Certificate(keys.certificatePem),
          clientId: 'CRM_KEY',
          username,
          instanceUrl: host.org.instanceUrl,
          expected: { orgId: host.org.id, scopes: ['Api', 'Web', 'RefreshToken'] },
          deadlineSeconds: 0,
        },
        { now: () => new Date(host.clock), sleep: () => Promise.resolve(), fetch: globalThis.fetch },
      );
      const broken = result.checks.find(({ status }) => status === 'failed');
      return { verified: result.verified, broken };
    };

    const cases: ReadonlyArray<readonly [rule: string, check: Check['name'], says: RegExp]> = [
      ['login-rate after=1', 'token-issued', /rate_limit_exceeded, "number of logins exceeded"/],
      ['503 operation=token after=1', 'token-issued', /HTTP 503: the org does not serve requests now/],
      ['truncated operation=token after=1', 'token-issued', /cut/],
      ['maintenance operation=token', 'endpoint-reachable', /answered HTTP 503: the org does not serve requests now\./],
      ['reset operation=token', 'endpoint-reachable', /the connection was cut before an answer came/],
      ['expired-session times=2', 'token-works', /refuses calls with it \(HTTP 401, "INVALID_SESSION_ID: /],
      ['maintenance path=/services after=2 times=2', 'token-works', /refuses calls with it \(HTTP 503\)/],
      ['reset path=/services after=2 times=2', 'token-works', /did not answer a call with it: the connection was cut/],
    ];

    it('passes in an org without faults', async () => {
      expect(await verify()).to.deep.equal({ verified: true, broken: undefined });
    });

    for (const [rule, check, says] of cases) {
      it(`names what is wrong under ${rule}, and passes after it`, async () => {
        await arm(rule);
        const { verified, broken } = await verify();
        expect([verified, broken?.name]).to.deep.equal([false, check]);
        expect(broken?.detail).to.match(says);
        expect(broken?.detail).not.to.match(/undefined|TypeError|SyntaxError|\n\s+at /);
        expect((await verify()).verified).to.equal(true);
      });
    }
  });
});
