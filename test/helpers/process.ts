import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

export type Finished = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type RunOptions = {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
};

/** Runs a program to its end. Never throws for an exit code: that is what tests look at. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: 'pipe' });
  child.stdin.end(options.input ?? '');
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: code as number | null, stdout, stderr };
}

/** A program that goes on running, like a server. */
export type Running = {
  readonly child: ChildProcess;
  /** The first line of its stdout. */
  readonly firstLine: string;
  /** Ends it with a signal and waits until it has gone. */
  stop(signal?: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
};

/**
 * Starts a program and waits for its first line.
 * @throws Error with what it printed to stderr when it ends before that.
 */
export async function start(command: string, args: readonly string[], options: RunOptions = {}): Promise<Running> {
  const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: 'pipe' });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const errors = text(child.stderr);
  const lines = createInterface({ input: child.stdout });
  // A child that never says anything would outlive the suite, since nobody else knows of it yet.
  const impatient = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const firstLine = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    closed.then(async ([code]) => {
      throw new Error(`${args.join(' ')} ended with ${code} before it was ready: ${await errors}`);
    }),
  ]).finally(() => clearTimeout(impatient));
  return {
    child,
    firstLine,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const [code, endedBy] = await closed;
      return { code, signal: endedBy };
    },
  };
}
