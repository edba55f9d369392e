import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { installPacked } from '../helpers/packed-plugin.js';
import { repository, sfCli, type SfCli } from '../helpers/sf-cli.js';

const password = { SF_JWT_STORE_PASSWORD: 'a store password for tests' };

/** What a user does first with a plugin that has just come in. */
function behavesAsInstalled(cli: () => SfCli): void {
  it('lists its commands in sf jwt --help', async () => {
    const { code, stdout } = await cli().run(['jwt', '--help']);
    expect(code).to.equal(0);
    for (const word of ['jwt setup', 'jwt verify', 'jwt deploy', 'jwt key', 'jwt local'])
      expect(stdout).to.contain(word);
  });

  it('shows examples and exit codes in the help of a command', async () => {
    const { stdout } = await cli().run(['jwt', 'key', 'create', '--help']);
    expect(stdout).to.contain('EXAMPLES').and.to.contain('EXIT CODES').and.to.contain('$ sf jwt key create');
  });

  it('creates key files and finds every import rule met in them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keys-'));
    const flags = ['--output-dir', folder, '--name', 'crm'];
    const created = await cli().json(['jwt', 'key', 'create', ...flags], { env: password });
    expect(created.status, created.message).to.equal(0);
    expect(readdirSync(folder).sort()).to.deep.equal(
      ['crt', 'csr', 'jks', 'key', 'p12', 'pem'].map((end) => `crm.${end}`),
    );

    const inspected = await cli().json(['jwt', 'key', 'inspect', '--file', join(folder, 'crm.jks')], { env: password });
    expect(inspected.status, inspected.message).to.equal(0);
  });

  it('says what is wrong and exits with 2 when a flag is missing', async () => {
    const { code, stderr } = await cli().run(['jwt', 'key', 'create']);
    expect(code).to.equal(2);
    expect(stderr).to.match(/output-dir/);
  });

  it('exits with 2 when a flag has a value that it does not take, or none', async () => {
    const wrong = ['jwt', 'key', 'create', '--output-dir', '.', '--name', 'crm', '--key-size', '1024'];
    expect((await cli().run(wrong)).code).to.equal(2);
    expect((await cli().json(wrong)).status).to.equal(2);
    expect((await cli().run(['jwt', 'key', 'create', '--output-dir'])).code).to.equal(2);
  });
}

describe('the plugin in the real sf CLI', () => {
  describe('linked with sf plugins link', () => {
    let sf: SfCli;

    before(async () => {
      sf = await sfCli();
      const { code, stderr } = await sf.run(['plugins', 'link', repository, '--no-install']);
      expect(code, stderr).to.equal(0);
    });

    behavesAsInstalled(() => sf);

    it('is named by sf plugins as a link', async () => {
      const { stdout } = await sf.run(['plugins']);
      expect(stdout).to.match(/sf-plugin-jwt .*\(link\)/);
    });
  });

  describe('installed from its packed tarball', () => {
    let sf: SfCli;
    let printed: string;

    before(async () => {
      sf = await sfCli();
      printed = await installPacked(sf);
    });

    behavesAsInstalled(() => sf);

    it('has every file that its package.json promises', () => {
      expect(printed).not.to.contain('did not produce all the expected files');
    });

    it('is named by sf plugins as installed', async () => {
      const { stdout } = await sf.run(['plugins']);
      expect(stdout).to.contain('sf-plugin-jwt').and.not.to.contain('(link)');
    });
  });
});
