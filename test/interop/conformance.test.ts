import { expect } from 'chai';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { main } from '../../conformance/main.js';
import { registerLocalOrg } from '../../src/cli/local-auth.js';
import { startLocalOrgs, type LocalOrgs, type RunningOrg } from '../../src/local-org/index.js';
import { temporaryFolder } from '../helpers/home.js';

type Report = {
  readonly scenarios: readonly {
    readonly name: string;
    readonly effect: string;
    readonly grades: readonly string[];
    readonly observed: { readonly left: unknown; readonly right: unknown };
    readonly differences: readonly { readonly path: string; readonly left: unknown; readonly right: unknown }[];
  }[];
  readonly left: readonly unknown[];
};

/** What a run of the script printed, said and ended with. */
async function run(...args: readonly string[]) {
  const printed: string[] = [];
  const said: string[] = [];
  const print = (text: string): void => void printed.push(text);
  const say = (text: string): void => void said.push(text);
  const code = await main(args, { print, say });
  return { code, said: said.join('\n'), printed: printed.join('\n') };
}

const reportOf = async (...args: readonly string[]) => {
  const { code, said, printed } = await run('--json', ...args);
  return { code, said, printed, report: JSON.parse(printed) as Report };
};

describe('npm run conformance', () => {
  it('finds no difference between two local orgs, and asks both everything', async () => {
    const { code, said, printed, report } = await reportOf();

    expect(report.scenarios.filter(({ differences }) => differences.length > 0)).to.deep.equal([]);
    expect(code).to.equal(0);
    expect(said).to.include('comparing two local orgs, which must not differ');
    expect(report.scenarios.length).to.be.at.least(30);
    expect(report.left).to.deep.equal([]);
    // Booleans, so that a failure does not print what it found.
    expect(/00D\w{12,15}!|eyJ[\w-]{10}|PRIVATE KEY/.test(printed)).to.equal(false);
  });

  it('prints a table for a person', async () => {
    const { printed, said } = await run('--scenario', 'soql-unknown-field');

    expect(printed).to.equal('1 scenario, 0 with differences between other local org and local org.');
    expect(said).to.include('same    soql-unknown-field');
  });

  it('lists what it can ask, without asking', async () => {
    const { code, printed } = await run('--list');

    expect(code).to.equal(0);
    expect(printed).to.include('| grant-twice | changes | assumed |');
  });

  describe('with an org of the CLI', () => {
    const environment = { HOME: process.env['HOME'], keychain: process.env['SF_USE_GENERIC_UNIX_KEYCHAIN'] };
    let orgs: LocalOrgs;
    let org: RunningOrg;
    /** An org whose answers are changed on their way. */
    let changed: RunningOrg;
    let proxy: Server;

    /** What the org behind the proxy answers, changed. */
    let change: (text: string) => string;

    before(async () => {
      process.env['HOME'] = temporaryFolder('conformance-home');
      process.env['SF_USE_GENERIC_UNIX_KEYCHAIN'] = 'true';
      orgs = await startLocalOrgs({ orgs: [{ alias: 'target' }, { alias: 'behind-proxy' }] });
      const [direct, behind] = orgs.orgs as [RunningOrg, RunningOrg];
      org = direct;
      proxy = await startProxy(behind.instanceUrl, (text) => change(text));
      changed = { ...behind, instanceUrl: `http://localhost:${(proxy.address() as AddressInfo).port}` };
      await registerLocalOrg(org);
      await registerLocalOrg(changed);
    });

    after(async () => {
      process.env['HOME'] = environment.HOME;
      if (environment.keychain === undefined) delete process.env['SF_USE_GENERIC_UNIX_KEYCHAIN'];
      proxy.close();
      proxy.closeAllConnections();
      await orgs.close();
    });

    beforeEach(() => {
      change = (text) => text;
    });

    it('only reads, unless changes are allowed', async () => {
      const { code, said, report } = await reportOf('--target-org', org.username, '--scenario', 'r*');

      expect(said).to.include('they need --allow-changes');
      expect(report.scenarios.map(({ effect }) => effect)).to.not.include.members(['validates', 'changes']);
      expect(code).to.equal(0);
    });

    it('finds the one answer that is another', async () => {
      change = (text) => text.replace('No such column', 'There is no column');

      const { code, report } = await reportOf('--target-org', changed.username, '--scenario', 'soql-*');
      const differing = report.scenarios.filter(({ differences }) => differences.length > 0);

      expect(code).to.equal(1);
      expect(differing.map(({ name, grades }) => ({ name, grades }))).to.deep.equal([
        { name: 'soql-unknown-field', grades: ['seen'] },
      ]);
      expect(differing[0]?.differences[0]?.path).to.equal('body[0].message');
      expect(differing[0]?.differences[0]?.left).to.include('There is no column');
    });

    it('shows the difference with the grade of what was asked', async () => {
      change = (text) => text.replace('bad id conformance', 'not an id');

      const { printed, code } = await run('--target-org', changed.username, '--scenario', 'soap-deploy-id-is-none');

      expect(code).to.equal(1);
      expect(printed).to.include(
        `| soap-deploy-id-is-none | text | INVALID_ID_FIELD: not an id | INVALID_ID_FIELD: bad id conformance |`,
      );
      expect(printed).to.include('1 scenario, 1 with differences');
    });

    it('removes what it made', async () => {
      const target = ['--target-org', org.username, '--allow-changes'];
      const { report } = await reportOf(...target, '--scenario', 'certificate-*', '--scenario', 'retrieve-*');
      const rowsOf = async (object: string, field: string): Promise<unknown> => {
        const soql = `SELECT ${field} FROM ${object} WHERE ${field} LIKE 'JwtConf%'`;
        const url = `${org.instanceUrl}/services/data/v67.0/tooling/query?${new URLSearchParams({ q: soql }).toString()}`;
        const answer = await fetch(url, { headers: { authorization: `Bearer ${org.accessToken}` } });
        return ((await answer.json()) as { totalSize: unknown }).totalSize;
      };

      expect(report.scenarios.map(({ name }) => name)).to.include.members([
        'certificate-made-by-the-org',
        'retrieve-app',
      ]);
      expect(report.left).to.deep.equal([]);
      expect(await rowsOf('PermissionSet', 'Name')).to.equal(0);
      expect(await rowsOf('Certificate', 'DeveloperName')).to.equal(0);
      expect(await rowsOf('ExternalClientApplication', 'DeveloperName')).to.equal(0);
    });
  });
});

/** Passes requests on, and answers back as `change` has them. */
async function startProxy(target: string, change: (text: string) => string): Promise<Server> {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
      const answer = await fetch(new URL(request.url ?? '/', target), {
        method: request.method,
        headers: headers as Record<string, string>,
        body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
        redirect: 'manual',
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
      response.end(change(await answer.text()));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
