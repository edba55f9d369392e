import { expect } from 'chai';
import { copyFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { JwtError, type ErrorKey } from '../../../src/errors.js';
import { startLocalOrgs, type LocalOrgs, type LocalOrgOptions, type RunningOrg } from '../../../src/local-org/index.js';
import { temporaryFolder } from '../../helpers/home.js';
import { run } from '../../helpers/process.js';

describe('startLocalOrgs', () => {
  const started: LocalOrgs[] = [];

  const startHere = async (options?: LocalOrgOptions): Promise<LocalOrgs> => {
    const local = await startLocalOrgs(options);
    started.push(local);
    return local;
  };

  afterEach(async () => {
    await Promise.all(started.splice(0).map((local) => local.close()));
  });

  const callAs = (token: string, org: Pick<RunningOrg, 'instanceUrl'>, method: string, path: string, body?: unknown) =>
    fetch(org.instanceUrl + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  const expectError = async (promise: Promise<unknown>, key: ErrorKey, tokens: readonly string[]): Promise<void> => {
    const error: unknown = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(JwtError);
    const { key: actualKey, tokens: actualTokens } = error as JwtError;
    expect({ key: actualKey, tokens: actualTokens }).to.deep.equal({ key, tokens });
  };

  it('starts jwt-server and jwt-client, each at its own origin, with an administrator and an integration user', async () => {
    const { orgs } = await startHere();
    expect(
      orgs.map(({ alias, username, integrationUsername }) => [alias, username, integrationUsername]),
    ).to.deep.equal([
      ['jwt-server', 'admin@jwt-server.local', 'integration@jwt-server.local'],
      ['jwt-client', 'admin@jwt-client.local', 'integration@jwt-client.local'],
    ]);
    expect(new Set(orgs.map(({ instanceUrl }) => instanceUrl)).size).to.equal(2);
    expect(new Set(orgs.map(({ orgId }) => orgId)).size).to.equal(2);
    for (const org of orgs) {
      expect(org.instanceUrl).to.match(/^http:\/\/localhost:\d+$/);
      expect((await callAs(org.accessToken, org, 'GET', '/services/data/v67.0')).status).to.equal(200);
    }
    const [first, second] = orgs as [RunningOrg, RunningOrg];
    expect((await callAs(first.accessToken, second, 'GET', '/services/data/v67.0')).status).to.equal(401);
  });

  it('starts and answers within 300 milliseconds', async () => {
    const before = performance.now();
    const { orgs } = await startHere();
    await callAs(orgs[0]!.accessToken, orgs[0]!, 'GET', '/services/oauth2/userinfo');
    expect(performance.now() - before).to.be.below(300);
  });

  it('refuses a port that another program has', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expectError(startHere({ orgs: [{ alias: 'a', port }] }), 'localPortInUse', [String(port), 'EADDRINUSE']);
    await new Promise((resolve) => other.close(resolve));
  });

  it('closes its ports', async () => {
    const local = await startHere();
    await started.splice(0)[0]?.close();
    const failure = await callAs('x', local.orgs[0]!, 'GET', '/_local').catch(() => 'closed');
    expect(failure).to.equal('closed');
  });

  describe('with a state folder', () => {
    it('finds records, sessions, ids and ports again', async () => {
      const stateDir = join(temporaryFolder('state'), 'below', 'here');
      const first = await startHere({ stateDir });
      const [org] = first.orgs as [RunningOrg];
      const created = await callAs(org.accessToken, org, 'POST', '/services/data/v67.0/sobjects/Account', {
        Name: 'Kept',
      });
      const { id } = (await created.json()) as { id: string };
      await started.splice(0)[0]?.close();
      const again = await startHere({ stateDir });
      const { orgId, instanceUrl } = again.orgs[0]!;
      expect({ orgId, instanceUrl }).to.deep.equal({ orgId: org.orgId, instanceUrl: org.instanceUrl });
      const read = await callAs(org.accessToken, org, 'GET', `/services/data/v67.0/sobjects/Account/${id}`);
      expect(((await read.json()) as { Name: string }).Name).to.equal('Kept');
    });

    it('takes another port where the one of the last run is gone', async () => {
      const stateDir = temporaryFolder('state');
      const first = await startHere({ stateDir });
      await started.splice(0)[0]?.close();
      const other = createServer();
      const port = Number(new URL(first.orgs[0]!.instanceUrl).port);
      await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
      const again = await startHere({ stateDir });
      expect(again.orgs[0]!.instanceUrl).not.to.equal(first.orgs[0]!.instanceUrl);
      expect((await callAs('x', again.orgs[0]!, 'GET', '/_local')).status).to.equal(200);
      await new Promise((resolve) => other.close(resolve));
    });

    it('lets nobody else read it', async function () {
      if (process.platform === 'win32') this.skip();
      const stateDir = join(temporaryFolder('state'), 'private');
      await startHere({ stateDir });
      expect(statSync(stateDir).mode & 0o777).to.equal(0o700);
      for (const file of readdirSync(stateDir))
        expect(statSync(join(stateDir, file)).mode & 0o777, file).to.equal(0o600);
    });

    it('is refused while another process has it, and free again after that one has closed', async () => {
      const stateDir = temporaryFolder('state');
      const first = await startHere({ stateDir });
      await expectError(startLocalOrgs({ stateDir }), 'localStateInUse', [stateDir, `process ${process.pid}`]);
      await first.close();
      started.splice(0);
      await startHere({ stateDir });
    });

    it('takes over from a process that is no more', async () => {
      const stateDir = temporaryFolder('state');
      const { stdout } = await run(process.execPath, ['-p', 'process.pid']);
      writeFileSync(join(stateDir, 'lock'), JSON.stringify({ pid: Number(stdout), claim: 'old' }));
      await startHere({ stateDir });
    });

    it('is given to one of several that start at once', async () => {
      const stateDir = temporaryFolder('state');
      writeFileSync(join(stateDir, 'lock'), '');
      const results = await Promise.allSettled([1, 2, 3, 4].map(() => startHere({ stateDir })));
      expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    });

    it('says which folder cannot be written', async () => {
      const file = join(temporaryFolder('state'), 'file');
      writeFileSync(file, '');
      await expectError(startLocalOrgs({ stateDir: join(file, 'below') }), 'localStateNotWritten', [
        join(file, 'below'),
        'ENOTDIR',
      ]);
    });

    it('ends where no folder can be made, and where folders above it are to be made first', async function () {
      const stateDir = join(temporaryFolder('state'), 'one', 'two', 'three');
      await startHere({ stateDir });
      expect(readdirSync(stateDir)).to.include('jwt-server.jsonl');
      // There a recursive mkdir of Node.js never ends.
      if (process.platform !== 'linux') this.skip();
      await expectError(startLocalOrgs({ stateDir: '/proc/nope/below' }), 'localStateNotWritten', [
        '/proc/nope/below',
        'ENOENT',
      ]);
    });

    it('refuses the file of another org: two orgs with one id would come of it', async () => {
      const stateDir = temporaryFolder('state');
      const first = await startHere({ stateDir, orgs: [{ alias: 'jwt-server' }] });
      await first.close();
      started.splice(0);
      copyFileSync(join(stateDir, 'jwt-server.jsonl'), join(stateDir, 'jwt-client.jsonl'));
      await expectError(startLocalOrgs({ stateDir }), 'localStateUnreadable', [
        join(stateDir, 'jwt-client.jsonl'),
        'it is that of the org jwt-server',
      ]);
    });

    it('removes what a killed process left half written', async () => {
      const stateDir = temporaryFolder('state');
      writeFileSync(join(stateDir, 'jwt-server.jsonl.1234.tmp'), '{"keyPairs":[');
      await startHere({ stateDir });
      expect(readdirSync(stateDir).toSorted()).to.deep.equal(['jwt-client.jsonl', 'jwt-server.jsonl', 'lock']);
    });

    it('refuses state that it cannot read, and quotes none of it', async () => {
      const stateDir = temporaryFolder('state');
      const file = join(stateDir, 'jwt-server.jsonl');
      for (const text of ['{ "keyPairs": oops', '{"format":2}', 'null']) {
        writeFileSync(file, text);
        await expectError(startLocalOrgs({ stateDir }), 'localStateUnreadable', [
          file,
          'it is not the state of a local org',
        ]);
      }
      writeFileSync(file, '');
      const folder = join(temporaryFolder('state'));
      mkdirSync(join(folder, 'jwt-server.jsonl'));
      await expectError(startLocalOrgs({ stateDir: folder }), 'localStateUnreadable', [
        join(folder, 'jwt-server.jsonl'),
        'EISDIR',
      ]);
    });
  });
});
