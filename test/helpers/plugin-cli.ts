import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from './home.js';
import { run, type Finished } from './process.js';
import { repository } from './sf-cli.js';

const noNetwork = pathToFileURL(join(repository, 'test', 'helpers', 'no-network.mjs')).href;

/** The built plugin as a program of its own, with a home of its own and no way off this machine. */
export class PluginCli {
  readonly #env: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: temporaryFolder('plugin-home'),
    CI: 'true',
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
    SF_DISABLE_TELEMETRY: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    NODE_OPTIONS: `--import=${noNetwork}`,
  };

  public constructor(public readonly project: string) {}

  public run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
    return run(process.execPath, [bin, ...args], { cwd: this.project, env: { ...this.#env, ...env } });
  }

  /** Runs with `--json`; fails where stdout holds anything beside one object. */
  public async json(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<JsonAnswer> {
    const { stdout, code } = await this.run([...args, '--json'], env);
    return { ...(JSON.parse(stdout) as JsonAnswer), code };
  }

  /** Starts a command and kills it when `watchFor` says so; gives the signal that ended it. */
  public async runUntil(
    args: readonly string[],
    watchFor: (kill: () => void) => () => void,
  ): Promise<NodeJS.Signals | null> {
    const child = spawn(process.execPath, [bin, ...args], { cwd: this.project, env: this.#env, stdio: 'ignore' });
    const stopWatching = watchFor(() => child.kill('SIGKILL'));
    return new Promise((resolve) => {
      child.on('close', (_code, signal) => {
        stopWatching();
        resolve(signal);
      });
    });
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each test knows the result of the command it runs
export type JsonAnswer = { readonly code: number | null; readonly status: number; readonly [more: string]: any };

const bin = join(repository, 'bin', 'run.js');
