// Runs on whatever Node 20 or newer starts npm: only built-in modules, nothing that a later Node brought.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const ownNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The packages of a lock file: the committed one, or the one npm leaves in node_modules when an install is complete. */
function lockedPackages(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}

/** Why an install is needed, or undefined when node_modules is what package-lock.json asks for. */
function whatIsMissing() {
  const wanted = lockedPackages(join(root, 'package-lock.json'));
  // npm writes this file last, so an install that was interrupted has none, or an old one.
  const installed = lockedPackages(join(modules, '.package-lock.json'));
  if (!installed) return 'node_modules is not there or not complete';
  const stale = Object.keys(wanted).find(
    (path) => path !== '' && !wanted[path].optional && installed[path]?.version !== wanted[path].version,
  );
  if (stale) return `${stale} is not at the version of package-lock.json`;
  return nodeVersion() ? undefined : 'the node of node_modules does not run on this machine';
}

function nodeVersion() {
  const { status, stdout } = spawnSync(ownNode, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function npm(...args) {
  // `npm run` puts node_modules/.bin first: npm would delete the very node that it runs on.
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(modules));
  const { status } = spawnSync('npm', args, {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit'],
    env: { ...process.env, PATH: path.join(delimiter) },
    shell: process.platform === 'win32',
  });
  return status;
}

function fail(problem) {
  console.error(`${problem} Mend what it says above and run the same command again.`);
  process.exit(1);
}

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) fail(`Node.js 20 or newer is needed, and this is ${process.version}.`);

const reason = whatIsMissing();
if (reason) {
  console.log(`Installing dependencies (npm ci): ${reason} …`);
  // The machine's own Node may be older than the dependencies ask for; they run on the `node` dev dependency.
  // Whoever set omit=dev or ignore-scripts did so for other packages: without these two there is nothing to run on.
  if (npm('ci', '--include=dev', '--ignore-scripts=false', '--no-audit', '--no-fund', '--loglevel=error') !== 0) {
    fail('npm ci failed.');
  }
  const left = whatIsMissing();
  if (left) fail(`npm ci ended, but ${left}.`);
  console.log(`Installed. From here on Node.js ${nodeVersion()} of node_modules runs.`);
}
