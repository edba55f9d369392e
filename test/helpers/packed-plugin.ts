import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './process.js';
import { repository, type SfCli } from './sf-cli.js';

/** Makes the tarball that `npm publish` would upload. The build must be fresh. */
async function packedTarball(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // `prepack` would build once more.
  const packed = await run(npm, ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: repository,
    env: process.env,
  });
  if (packed.code !== 0) throw new Error(`npm pack failed: ${packed.stderr}`);
  return join(folder, String(readdirSync(folder)[0]));
}

/**
 * Installs the plugin from its packed tarball, as a user's CLI would from npm.
 * @returns What the CLI printed to stderr, warnings among it.
 */
export async function installPacked(sf: SfCli): Promise<string> {
  const plugin = pathToFileURL(await packedTarball()).href;
  // The CLI asks before it installs what Salesforce has not signed.
  const { code, stderr } = await sf.run(['plugins', 'install', plugin], { network: true, input: 'y\n' });
  if (code !== 0) throw new Error(`sf plugins install failed: ${stderr}`);
  return stderr;
}
