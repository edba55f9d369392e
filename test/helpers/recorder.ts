import childProcess, { ChildProcess, type SpawnSyncReturns } from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { registerPassword, secretsIn, type SecretKind } from './secrets.js';

/**
 * Mocha loads this before any test. It gives the suite a home and a temporary folder of its own, and remembers everything
 * that the suite and its child processes print, and every file that they write there, for test/secrets.
 */
const outputRoot = fileURLToPath(new URL('../../.cache/test-output/', import.meta.url));
const outputFolder = join(outputRoot, String(process.pid));

/** Where a secret was seen. Never the secret itself. */
export type Finding = { readonly kind: SecretKind; readonly where: string };

const findings: Finding[] = [];
const removeSync = fs.rmSync;
const suiteFolder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'sf-jwt-suite-')));

/** Everything found so far: in removed files, in what is still there, and in all that was printed. */
export function allFindings(): readonly Finding[] {
  return [...findings, ...findingsBelow(suiteFolder), ...findingsBelow(outputFolder)];
}

/** Secrets in the files of a folder. A file that only its owner can read is a private place and may hold one. */
export function findingsBelow(path: string): readonly Finding[] {
  // Other people's packages come with examples of keys and tokens.
  if (basename(path) === 'node_modules') return [];
  const stats = fs.lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return fs.readdirSync(path).flatMap((name) => findingsBelow(join(path, name)));
  if (!stats?.isFile() || isPrivate(stats) || stats.size > 20_000_000) return [];
  const where = path.startsWith(suiteFolder) ? relative(suiteFolder, path) : path;
  return secretsIn(fs.readFileSync(path, 'utf8')).map((kind) => ({ kind, where }));
}

function isPrivate(stats: fs.Stats): boolean {
  return process.platform !== 'win32' && (stats.mode & 0o077) === 0;
}

let count = 0;

function logFile(name: string): (chunk: unknown) => void {
  const path = join(outputFolder, `${String(++count).padStart(4, '0')}-${name.replace(/[^\w.-]/g, '_')}.log`);
  return (chunk) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) fs.appendFileSync(path, chunk);
  };
}

function teeOwnOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const log = logFile('mocha');
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    stream.write = (...args: unknown[]) => {
      log(args[0]);
      return write(...args);
    };
  }
}

type SpawnOptions = { readonly args?: readonly string[]; readonly envPairs?: readonly string[] };

/** Passwords reach a command by file or by environment; both are known before it runs. */
function learnPasswords(args: readonly string[], environment: readonly string[]): void {
  const fileFlag = args.indexOf('--password-file');
  const file = fileFlag < 0 ? undefined : args[fileFlag + 1];
  if (file && fs.existsSync(file)) registerPassword(fs.readFileSync(file, 'utf8').trim());
  const pair = environment.find((one) => one.startsWith('SF_JWT_STORE_PASSWORD='));
  if (pair) registerPassword(pair.slice(pair.indexOf('=') + 1));
}

/** All asynchronous ways to start a process end here. Data is copied on its way into the stream, so nothing is consumed. */
function teeSpawn(): void {
  const prototype = ChildProcess.prototype as unknown as { spawn: (options: SpawnOptions) => unknown };
  const spawn = prototype.spawn;
  prototype.spawn = function (this: ChildProcess, options) {
    learnPasswords(options.args ?? [], options.envPairs ?? []);
    const result = spawn.call(this, options);
    for (const stream of [this.stdout, this.stderr]) {
      if (!stream) continue;
      const log = logFile(
        (options.args ?? [])
          .slice(0, 2)
          .map((arg) => basename(arg))
          .join('-'),
      );
      const push = stream.push.bind(stream);
      stream.push = (chunk: unknown, encoding?: BufferEncoding) => {
        log(chunk);
        return push(chunk, encoding);
      };
    }
    return result;
  };
}

function teeSyncSpawn(): void {
  const spawnSync = childProcess.spawnSync as (...args: unknown[]) => SpawnSyncReturns<unknown>;
  const execFileSync = childProcess.execFileSync as (...args: unknown[]) => unknown;
  const remember = (name: unknown, ...chunks: unknown[]) => chunks.forEach(logFile(basename(String(name))));
  const learn = (args: unknown) => learnPasswords(Array.isArray(args) ? args.map(String) : [], []);
  Object.assign(childProcess, {
    spawnSync: (...args: unknown[]) => {
      learn(args[1]);
      const result = spawnSync(...args);
      remember(args[0], result.stdout, result.stderr);
      return result;
    },
    execFileSync: (...args: unknown[]) => {
      learn(args[1]);
      const stdout = execFileSync(...args);
      remember(args[0], stdout);
      return stdout;
    },
  });
}

/** Tests tidy up after themselves; what they remove is looked at first. */
function lookBeforeRemoving(): void {
  const look = (path: unknown) => {
    if (typeof path === 'string' && path.startsWith(suiteFolder)) findings.push(...findingsBelow(path));
  };
  const remove = fs.promises.rm;
  fs.rmSync = (path, options) => {
    look(path);
    removeSync(path, options);
  };
  fs.promises.rm = (path, options) => {
    look(path);
    return remove(path, options);
  };
}

function ownEnvironment(): void {
  const home = join(suiteFolder, 'home');
  // npm's settings live there: whoever installs something in a test needs it.
  process.env.TEST_ORIGINAL_HOME ??= process.env.HOME ?? process.env.USERPROFILE;
  fs.mkdirSync(home);
  // Whatever the developer has set up must neither change a test nor be changed by one.
  for (const name of Object.keys(process.env)) if (/^(SF|SFDX)_/.test(name)) delete process.env[name];
  Object.assign(process.env, {
    TMPDIR: suiteFolder,
    HOME: home,
    USERPROFILE: home,
    SF_DISABLE_TELEMETRY: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

fs.mkdirSync(outputFolder, { recursive: true });
// What earlier runs printed is of no interest; another run may be under way.
for (const pid of fs.readdirSync(outputRoot)) {
  if (!isRunning(Number(pid))) removeSync(join(outputRoot, pid), { recursive: true, force: true });
}
ownEnvironment();
teeOwnOutput();
teeSpawn();
teeSyncSpawn();
lookBeforeRemoving();
syncBuiltinESMExports();
process.on('exit', () => removeSync(suiteFolder, { recursive: true, force: true }));
