import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPacked } from '../test/helpers/packed-plugin.js';
import { sfCli, sfCliVersion, type SfCli } from '../test/helpers/sf-cli.js';
import { createKeyFilesByHand, storePassword } from './by-hand.js';
import { compare, table } from './measure.js';

const rounds = Number(process.argv[2] ?? 9);

async function sfMustSucceed(sf: SfCli, args: readonly string[]): Promise<void> {
  const { code, stderr } = await sf.run(args, { env: { SF_JWT_STORE_PASSWORD: storePassword } });
  if (code !== 0) throw new Error(`sf ${args.join(' ')} failed: ${stderr}`);
}

async function keyFiles(sf: SfCli, folder: string): Promise<string> {
  const rows = await compare(
    [
      {
        name: '`sf jwt key create`',
        run: (round) => sfMustSucceed(sf, ['jwt', 'key', 'create', '--output-dir', folder, '--name', `ours_${round}`]),
      },
      { name: 'openssl five times, then keytool', run: (round) => createKeyFilesByHand(folder, `by_hand_${round}`) },
    ],
    rounds,
  );
  return table('A key pair and all its files, RSA 2048', rows);
}

async function startUp(sf: SfCli, folder: string): Promise<string> {
  const store = join(folder, 'ours_0.jks');
  const rows = await compare(
    [
      { name: '`sf org login jwt --help`', run: () => sfMustSucceed(sf, ['org', 'login', 'jwt', '--help']) },
      { name: '`sf jwt --help`', run: () => sfMustSucceed(sf, ['jwt', '--help']) },
      { name: '`sf jwt key inspect`', run: () => sfMustSucceed(sf, ['jwt', 'key', 'inspect', '--file', store]) },
    ],
    rounds,
  );
  return table('Start-up', rows);
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sf-jwt-bench-'));
  // Everything that the helpers make goes with the folder.
  process.env.TMPDIR = folder;
  try {
    const sf = await sfCli();
    // Not linked: the CLI compiles the source of a linked plugin at each start.
    await installPacked(sf);
    const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`;
    console.log(
      `@salesforce/cli ${sfCliVersion()}, Node.js ${process.version}, ${machine}; ${rounds} rounds in turns.\n`,
    );
    console.log(await keyFiles(sf, folder));
    console.log(await startUp(sf, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
