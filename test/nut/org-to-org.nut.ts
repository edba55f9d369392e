import { readFileSync, writeFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect } from 'chai';
import { temporaryProject } from '../helpers/home.js';
import { type Running } from '../helpers/process.js';
import { repository, sfCli, type SfCli, type SfJson } from '../helpers/sf-cli.js';

type LocalOrg = { readonly alias: string; readonly instanceUrl: string; readonly integrationUsername: string };
type Check = { readonly name: string; readonly status: string };

const password = 'a store password for tests';
const importPage = '/_ui/security/certificate/KeyStoreImportUi/e';

/** What a file holds, once it is there. */
async function appearanceOf(path: string): Promise<string> {
  for await (const { filename } of watch(dirname(path), { signal: AbortSignal.timeout(30_000) })) {
    if (filename === basename(path)) break;
  }
  return readFileSync(path, 'utf8');
}

describe('sf jwt setup between two orgs of sf jwt local start', () => {
  let sf: SfCli;
  let server: Running;
  let username: string;
  let project: string;

  before(async () => {
    sf = await sfCli();
    const linked = await sf.run(['plugins', 'link', repository, '--no-install']);
    expect(linked.code, linked.stderr).to.equal(0);
    server = await sf.start(['jwt', 'local', 'start']);
    const { orgs } = JSON.parse(server.firstLine) as { orgs: LocalOrg[] };
    username = String(orgs[0]?.integrationUsername);
    project = temporaryProject();
  });

  after(async () => {
    const { code, signal } = await server.stop('SIGTERM');
    expect({ code, signal }).to.deep.equal({ code: 0, signal: null });
  });

  async function setup(name: string, type: string, source: string): Promise<SfJson> {
    const orgs = ['--target-org', 'jwt-server', '--username', username, '--client-org', 'jwt-client'];
    const flags = ['--connection', name, '--client-type', type, '--certificate-source', source, ...orgs];
    return sf.json(['jwt', 'setup', ...flags], { cwd: project, env: { SF_JWT_STORE_PASSWORD: password } });
  }

  /** Uploads a keystore as a browser does that `sf org open` has opened. */
  async function importKeyStore(name: string): Promise<Response> {
    const opened = await sf.json(['org', 'open', '--url-only', '--path', importPage, '--target-org', 'jwt-client']);
    expect(opened.status, opened.message).to.equal(0);
    const page = await fetch(opened.result.url as string, { redirect: 'manual' });
    const cookie = String(page.headers.get('set-cookie')).split(';')[0] ?? '';
    const target = new URL(String(page.headers.get('location')), opened.result.url as string);
    expect(target.pathname).to.equal(importPage);
    const form = await (await fetch(target, { headers: { cookie } })).text();
    const field = (type: string): string =>
      new RegExp(`<input[^>]*type="${type}"[^>]*name="([^"]+)"|<input[^>]*name="([^"]+)"[^>]*type="${type}"`)
        .exec(form)
        ?.slice(1)
        .find(Boolean) ?? '';
    const body = new FormData();
    const jks = readFileSync(join(project, '.sf', 'jwt', name, `${name}_jwt.jks`));
    body.set(field('file'), new Blob([jks]), `${name}_jwt.jks`);
    body.set(field('password'), password);
    return fetch(target, { method: 'POST', body, headers: { cookie }, redirect: 'manual' });
  }

  function expectVerified({ status, message, result }: SfJson): void {
    expect(status, message).to.equal(0);
    expect(result.verified).to.equal(true);
    expect((result.checks as Check[]).filter((check) => check.status === 'failed')).to.deep.equal([]);
  }

  for (const type of ['apex', 'named-credential', 'legacy-named-credential']) {
    const name = type.replaceAll('-', '').slice(0, 8);

    it(`${type}, with a key that the client org makes`, async () => {
      expectVerified(await setup(`${name}p`, type, 'platform'));
    });

    it(`${type}: finds nothing to do in a second run`, async () => {
      const second = await setup(`${name}p`, type, 'platform');
      expectVerified(second);
      expect(second.result.changed).to.deep.equal([]);
    });

    it(`${type}: its client side deploys by itself with sf project deploy start`, async () => {
      const folder = join('jwt', `${name}p`, 'client');
      const flags = ['--source-dir', folder, '--target-org', 'jwt-client'];
      const deployed = await sf.json(['project', 'deploy', 'start', ...flags], { cwd: project });
      expect(deployed.status, deployed.message).to.equal(0);
      expect(deployed.result.success).to.equal(true);
    });
  }

  for (const [type, name] of [
    ['apex', 'erp'],
    ['named-credential', 'crm'],
    ['legacy-named-credential', 'old'],
  ] as const) {
    describe(`${type}, with a key of ours, which a person imports in Setup`, () => {
      let stopped: SfJson;

      before(async () => {
        stopped = await setup(name, type, 'generate');
      });

      it('stops with exit code 1 and says what is missing', () => {
        expect(stopped.status).to.equal(1);
        expect(String(stopped.message)).to.include(`${name}_jwt`).and.not.include(password);
        expect((stopped.actions as string[]).join('\n'))
          .to.include('Import from Keystore')
          .and.include(`${name}_jwt.jks`);
      });

      it('is verified by the next run, once the keystore is imported', async () => {
        const page = await importKeyStore(name);
        expect(page.status).to.equal(302);
        expectVerified(await setup(name, type, 'generate'));
      });

      it('finds nothing to do in the run after that', async () => {
        const second = await setup(name, type, 'generate');
        expectVerified(second);
        expect(second.result.changed).to.deep.equal([]);
      });

      it('is verified again by sf jwt verify', async () => {
        const verified = await sf.json(['jwt', 'verify', '--connection', name], { cwd: project });
        expect(verified.status, verified.message).to.equal(0);
      });
    });
  }

  // Only there can a test take the place of the browser.
  (process.platform === 'linux' ? it : it.skip)('names a command that opens the page of the import', async () => {
    const { actions } = await setup('page', 'apex', 'generate');
    const command = /SF_DOMAIN_RETRY=0 sf (?<args>org open .+)$/.exec((actions as string[])[0] ?? '');
    const browser = join(project, 'browser.sh');
    writeFileSync(browser, '#!/bin/sh\nprintf %s "$1" > "$0.new" && mv "$0.new" "$0.url"\n', { mode: 0o700 });
    const shown = appearanceOf(`${browser}.url`);
    const env = { SF_DOMAIN_RETRY: '0', BROWSER: browser };
    const opened = await sf.run(String(command?.groups?.['args']).split(' '), { cwd: project, env });
    expect(opened.code, opened.stderr).to.equal(0);
    const url = new URL(await shown);
    expect(url.searchParams.get('startURL')).to.equal(importPage);
  });

  it('says that Apex was not executed where sf apex run asks for it', async () => {
    const apex = 'System.debug(1);';
    const answer = await sf.run(['apex', 'run', '--target-org', 'jwt-client'], { input: apex });
    expect(answer.code).not.to.equal(0);
    expect(`${answer.stdout}${answer.stderr}`).to.include('Not executed: a local org does not run Apex.');
  });
});
