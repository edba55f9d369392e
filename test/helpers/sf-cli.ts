import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { temporaryFolder } from './home.js';
import { run, start, type Finished, type Running } from './process.js';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

const installFolder = join(repository, '.cache', 'sf-cli');
const runScript = join(installFolder, 'node_modules', '@salesforce', 'cli', 'bin', 'run.js');
const noNetwork = pathToFileURL(join(repository, 'test', 'helpers', 'no-network.mjs')).href;

/** The real CLI with a home of its own: its orgs, its plugins and its keys are nobody else's. */
export type SfCli = {
  readonly home: string;
  run(args: readonly string[], options?: SfOptions): Promise<Finished>;
  /** Runs with `--json` and parses the one object on stdout. */
  json(args: readonly string[], options?: SfOptions): Promise<SfJson>;
  start(args: readonly string[], options?: SfOptions): Promise<Running>;
  /** Runs a script of Node that finds the CLI as `sf` in its path. */
  script(args: readonly string[], options?: SfOptions): Promise<Finished>;
};

export type SfOptions = {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Only for commands that fetch from a package registry. */
  readonly network?: boolean;
};

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each test knows the result of the command it runs
export type SfJson = { readonly status: number; readonly result?: any; readonly [more: string]: any };

/** Installs the current `@salesforce/cli` from npm, once for all runs, and gives it a fresh home. */
export async function sfCli(): Promise<SfCli> {
  await installOnce();
  const home = temporaryFolder('sf-home');
  const prepare = (options: SfOptions) => ({
    cwd: options.cwd ?? home,
    input: options.input,
    env: environment(home, options),
  });
  const runSf: SfCli['run'] = (args, options = {}) => run(process.execPath, [runScript, ...args], prepare(options));
  return {
    home,
    run: runSf,
    start: (args, options = {}) => start(process.execPath, [runScript, ...args], prepare(options)),
    script(args, options = {}) {
      const path = [join(installFolder, 'node_modules', '.bin'), pathWithOwnNode()].join(delimiter);
      return run(process.execPath, args, prepare({ ...options, env: { PATH: path, ...options.env } }));
    },
    async json(args, options) {
      const { stdout, stderr } = await runSf([...args, '--json'], options);
      return parse(stdout, stderr);
    },
  };
}

/** Version of the CLI under test, like `2.150.6`. */
export function sfCliVersion(): string {
  const manifest = join(installFolder, 'node_modules', '@salesforce', 'cli', 'package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

function parse(stdout: string, stderr: string): SfJson {
  try {
    return JSON.parse(stdout) as SfJson;
  } catch (cause) {
    throw new Error(`--json did not print one JSON object:\n${stdout}\n${stderr}`, { cause });
  }
}

async function installOnce(): Promise<void> {
  if (existsSync(runScript)) return;
  console.log('    installing @salesforce/cli from npm …');
  mkdirSync(installFolder, { recursive: true });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const flags = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, stderr } = await run(npm, ['install', '--prefix', installFolder, ...flags, '@salesforce/cli@latest'], {
    env: { ...process.env, HOME: originalHome, PATH: pathWithOwnNode() },
  });
  if (code !== 0) throw new Error(`npm install of @salesforce/cli failed: ${stderr}`);
}

/** npm's own settings (registry, proxy) live in the home of whoever runs the tests. */
const originalHome = process.env.TEST_ORIGINAL_HOME ?? homedir();

/** The CLI starts `npm` and `node` by name; they must be the Node that runs the tests. */
function pathWithOwnNode(): string {
  return [join(repository, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
}

function environment(home: string, options: SfOptions): NodeJS.ProcessEnv {
  return {
    PATH: pathWithOwnNode(),
    TMPDIR: process.env.TMPDIR,
    HOME: home,
    USERPROFILE: home,
    CI: 'true',
    NO_COLOR: '1',
    SF_DISABLE_TELEMETRY: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    ...(options.network ? npmSettings() : { NODE_OPTIONS: `--import=${noNetwork}` }),
    ...options.env,
  };
}

/** A registry or proxy that npm was given by its environment or its user configuration. */
function npmSettings(): NodeJS.ProcessEnv {
  const given = Object.entries(process.env).filter(([name]) =>
    /^npm_config_|^node_extra_ca_certs$|^https?_proxy$|^no_proxy$/i.test(name),
  );
  return { ...Object.fromEntries(given), NPM_CONFIG_USERCONFIG: join(originalHome, '.npmrc') };
}
