// Everything that is generated, from the commands or from what Salesforce publishes of its types, and committed. `--check`
// leaves the files as they were and fails on a difference, so that nobody changes a flag, a JSON result or a help text
// without seeing it in a diff.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { polishReference } from './polish-reference.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const inModules = (path) => join(root, 'node_modules', path);
const oclif = inModules('oclif/bin/run.js');
const plugin = ['--import', 'tsx', join(root, 'bin/dev.js')];

/** What each generator runs, and which files come out of it. */
const generators = {
  types: {
    args: [join(root, 'scripts/derive-metadata-types.mjs')],
    files: () => ['elements.json', 'registry.json'].map((name) => `src/local-org/metadata/types/${name}`),
  },
  manifest: { args: [oclif, 'manifest', '.'], files: () => ['oclif.manifest.json'] },
  snapshot: { args: [...plugin, 'snapshot', 'generate'], files: () => ['command-snapshot.json'] },
  schemas: { args: [...plugin, 'schema', 'generate'], files: commandSchemas, clean: true },
  reference: {
    args: [oclif, 'readme', '--readme-path', 'docs/commands.md', '--no-source-links', '--output-dir', 'docs'],
    files: () => ['docs/commands.md'],
    finish: finishReference,
  },
};

/** The config file's schema in the same folder is written by hand. */
function commandSchemas() {
  return readdirSync(join(root, 'schemas'))
    .filter((name) => /^jwt-.*\.json$/.test(name) && !name.endsWith('.schema.json'))
    .map((name) => `schemas/${name}`);
}

/** The manifest is the one that the reference was made from. */
function finishReference() {
  const path = join(root, 'docs/commands.md');
  const { commands } = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'));
  writeFileSync(path, polishReference(readFileSync(path, 'utf8'), commands));
}

function contents(generator) {
  return new Map(
    generator
      .files()
      .filter((file) => existsSync(join(root, file)))
      .map((file) => [file, readFileSync(join(root, file), 'utf8')]),
  );
}

function run(name, generator) {
  if (generator.clean) generator.files().forEach((file) => rmSync(join(root, file)));
  const { status, stdout, stderr } = spawnSync(process.execPath, generator.args, { cwd: root, encoding: 'utf8' });
  if (status === 0) return generator.finish?.();
  console.error(`Generating ${name} failed:\n${stdout}${stderr}`);
  process.exit(1);
}

function changed(before, after) {
  return [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file));
}

function restore(before, after) {
  for (const file of after.keys()) if (!before.has(file)) rmSync(join(root, file));
  for (const [file, content] of before) writeFileSync(join(root, file), content);
}

const check = process.argv.includes('--check');
const stale = process.argv
  .slice(2)
  .filter((arg) => arg !== '--check')
  .flatMap((name) => {
    const generator = generators[name];
    const before = contents(generator);
    run(name, generator);
    const after = contents(generator);
    if (check) restore(before, after);
    return changed(before, after);
  });

if (check && stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}\nRun "npm run generate" and commit what changed.`);
  process.exit(1);
}
