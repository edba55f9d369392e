// Tries the plugin as a user would, in a project and a home of its own, and leaves nothing behind.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'sf-jwt-quickstart-'));
const project = join(folder, 'my-project');
const home = join(folder, 'home');

const env = {
  ...process.env,
  HOME: home,
  USERPROFILE: home,
  // The orgs of the quickstart are not the user's: no keychain, no telemetry, no log in the user's home.
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_DISABLE_TELEMETRY: 'true',
  SF_DISABLE_LOG_FILE: 'true',
};

const steps = [
  {
    title: 'A caller outside Salesforce signs: CI, or a service',
    command: ['jwt', 'setup', '--connection', 'ci', '--local', '--client-type', 'external'],
  },
  {
    title: 'Apex in one org calls another org',
    command: ['jwt', 'setup', '--connection', 'erp', '--local', '--client-type', 'apex'],
  },
  {
    title: 'A Named Credential of one org calls another org, with a key of ours that is imported there',
    command: [
      ...['jwt', 'setup', '--connection', 'crm', '--local'],
      ...['--client-type', 'named-credential', '--certificate-source', 'generate'],
    ],
  },
];

function makeProject() {
  mkdirSync(join(project, 'force-app', 'main', 'default'), { recursive: true });
  mkdirSync(home);
  const definition = { packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '67.0' };
  writeFileSync(join(project, 'sfdx-project.json'), `${JSON.stringify(definition, undefined, 2)}\n`);
  say(`A small DX project in ${project}, and two embedded orgs instead of real ones: nothing here needs Salesforce.`);
}

function say(...lines) {
  console.log(`\n${lines.join('\n')}`);
}

/** Shows the command line, then what it really prints. */
function sf(args) {
  say(`$ sf ${args.join(' ')}`, '');
  const { status, error } = spawnSync(process.execPath, [join(root, 'bin', 'run.js'), ...args], {
    cwd: project,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error) throw error;
  return status ?? 1;
}

function filesBelow(path) {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(project, join(entry.parentPath, entry.name)))
    .sort();
}

function main() {
  makeProject();
  for (const { title, command } of steps) {
    say(`── ${title} ──`);
    const status = sf(command);
    if (status !== 0) {
      console.error(`\nThe quickstart failed: sf ${command.join(' ')} ended with exit code ${status}.`);
      return status;
    }
  }
  say('What is in the project now:', '', ...filesBelow(project).map((file) => `  ${file}`));
  say(
    'All three flows are verified. The project and its orgs are removed again.',
    'Read on in README.md, or go for a real org:',
    '',
    '  sf plugins link .',
    '  sf jwt setup --connection ci --target-org <your org> --client-type external',
  );
  return 0;
}

try {
  process.exitCode = main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
