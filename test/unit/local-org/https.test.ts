import { randomBytes, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { expect } from 'chai';
import { startLocalOrgs, type LocalOrgOptions, type LocalOrgs, type RunningOrg } from '../../../src/local-org/index.js';
import { httpsIdentity } from '../../../src/local-org/https-identity.js';
import { temporaryFolder } from '../../helpers/home.js';
import { run } from '../../helpers/process.js';

const dayMs = 24 * 60 * 60 * 1000;

describe('local orgs served through TLS', () => {
  const started: LocalOrgs[] = [];
  const startHere = async (options: LocalOrgOptions = {}): Promise<LocalOrgs> => {
    const local = await startLocalOrgs({ https: true, ...options });
    started.push(local);
    return local;
  };
  afterEach(async () => {
    await Promise.all(started.splice(0).map((local) => local.close()));
  });

  const certificateOf = ({ certificateFile = '' }: LocalOrgs): string => readFileSync(certificateFile, 'utf8');

  const get = async (url: string, ca: string): Promise<unknown> => {
    const sent = request(url, { ca }).end();
    const [response] = await once(sent, 'response');
    return JSON.parse(await text(response));
  };

  it('answers under https, on every name of this machine, with a certificate that a client trusts', async () => {
    const local = await startHere();
    const ca = certificateOf(local);
    for (const { instanceUrl, alias } of local.orgs) {
      expect(instanceUrl).to.match(/^https:\/\/localhost:\d+$/);
      expect(await get(`${instanceUrl}/_local`, ca)).to.include({ localOrg: true, alias });
      expect(await get(`${instanceUrl.replace('localhost', '127.0.0.1')}/_local`, ca)).to.include({ alias });
    }
  });

  it('breaks connections off on demand, as it does without TLS', async () => {
    const faults: unknown[] = [];
    const rules = [{ fault: 'reset', after: 0, times: 1 }] as const;
    const local = await startHere({ faults: rules, onFault: (error) => faults.push(error) });
    const [{ instanceUrl }] = local.orgs as [RunningOrg];
    const ca = certificateOf(local);
    const failure: unknown = await get(`${instanceUrl}/services/data`, ca).catch((error: unknown) => error);
    expect(failure).to.have.property('code', 'ECONNRESET');
    expect(await get(`${instanceUrl}/services/data`, ca)).to.be.an('array');
    expect(faults).to.deep.equal([]);
  });

  it('takes the import form of a browser, and none from another scheme or site', async () => {
    const local = await startHere();
    const [org] = local.orgs as [RunningOrg];
    const url = new URL('/_ui/security/certificate/KeyStoreImportUi/e', org.instanceUrl);
    const post = async (origin: string): Promise<readonly [number | undefined, string]> => {
      const headers = { authorization: `Bearer ${org.accessToken}`, origin };
      const [response] = (await once(
        request(url, { method: 'POST', ca: certificateOf(local), headers }).end(),
        'response',
      )) as [IncomingMessage];
      return [response.statusCode, await text(response)];
    };
    const [status, page] = await post(url.origin);
    expect([status, page.includes('This form was sent by another site.')]).to.deep.equal([200, false]);
    for (const origin of [url.origin.replace('https', 'http'), 'https://evil.example', `${url.origin}0`]) {
      const [code, refusal] = await post(origin);
      expect([code, refusal.includes('This form was sent by another site.')], origin).to.deep.equal([403, true]);
    }
  });

  it('is not trusted by a client that was told nothing of it', async () => {
    const [org] = (await startHere()).orgs as [RunningOrg];
    const failure: unknown = await fetch(org.instanceUrl).catch((error: unknown) => error);
    expect((failure as { cause: { code: string } }).cause.code).to.equal('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('has a certificate for this machine and for TLS servers only, that can sign no other', async function () {
    const { certificateFile = '' } = await startHere();
    const { code, stdout } = await run('openssl', ['x509', '-in', certificateFile, '-noout', '-text']).catch(() =>
      this.skip(),
    );
    expect(code).to.equal(0);
    expect(stdout).to.include('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    expect(stdout).to.match(/X509v3 Basic Constraints: critical\s+CA:FALSE/);
    expect(stdout).to.match(/X509v3 Key Usage: critical\s+Digital Signature\n/);
    expect(stdout).to.match(/X509v3 Extended Key Usage:\s+TLS Web Server Authentication\n/);
    const verified = await run('openssl', [
      'verify',
      '-purpose',
      'sslserver',
      '-verify_hostname',
      'localhost',
      '-verify_ip',
      '::1',
      '-CAfile',
      certificateFile,
      certificateFile,
    ]);
    expect(verified.stdout).to.include(': OK');
  });

  it('takes TLS 1.2 and 1.3', async () => {
    const local = await startHere();
    const { port } = new URL(local.orgs[0]!.instanceUrl);
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const socket = connect({
        port: Number(port),
        host: 'localhost',
        ca: certificateOf(local),
        minVersion: version,
        maxVersion: version,
      });
      await once(socket, 'secureConnect');
      expect([socket.authorized, socket.getProtocol()]).to.deep.equal([true, version]);
      socket.destroy();
    }
  });

  describe('its certificate', () => {
    const now = new Date();
    const later = (days: number): Date => new Date(now.getTime() + days * dayMs);

    it('stays the same in a state folder, with a key that only this user may read', async () => {
      const stateDir = join(temporaryFolder('state'), 'private');
      const first = await startHere({ stateDir });
      const before = certificateOf(first);
      const { instanceUrl } = first.orgs[0]!;
      expect(first.certificateFile).to.equal(join(stateDir, 'https.crt'));
      if (process.platform !== 'win32') expect(statSync(join(stateDir, 'https.key')).mode & 0o777).to.equal(0o600);
      await started.splice(0)[0]!.close();
      const again = await startHere({ stateDir });
      expect([certificateOf(again), again.orgs[0]!.instanceUrl]).to.deep.equal([before, instanceUrl]);
    });

    it('is gone with its folder where there is no state folder', async () => {
      const { certificateFile = '' } = await startHere();
      expect(readdirSync(join(certificateFile, '..'))).to.deep.equal(['https.crt']);
      await started.splice(0)[0]!.close();
      expect(existsSync(join(certificateFile, '..'))).to.equal(false);
    });

    it('is made anew a month before it ends, and where it does not fit its key', async () => {
      const folder = temporaryFolder('state');
      const { certificatePem: first } = await httpsIdentity(folder, now);
      expect((await httpsIdentity(folder, later(334))).certificatePem).to.equal(first);
      const { certificatePem: second } = await httpsIdentity(folder, later(336));
      expect(second).not.to.equal(first);
      expect(Date.parse(new X509Certificate(second).validTo)).to.be.above(later(336 + 360).getTime());
      writeFileSync(join(folder, 'https.crt'), first);
      const { certificatePem: third, privateKeyPem } = await httpsIdentity(folder, now);
      expect([first, second]).not.to.include(third);
      expect(readFileSync(join(folder, 'https.crt'), 'utf8')).to.equal(third);
      const isWritten = readFileSync(join(folder, 'https.key'), 'utf8') === privateKeyPem;
      expect(isWritten).to.equal(true);
      writeFileSync(join(folder, 'https.key'), randomBytes(100), { mode: 0o600 });
      expect((await httpsIdentity(folder, now)).certificatePem).not.to.equal(third);
    });
  });
});
