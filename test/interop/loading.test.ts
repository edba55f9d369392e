import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { temporaryFolder } from '../helpers/home.js';
import { run } from '../helpers/process.js';
import { root } from '../helpers/source-files.js';

const trace = pathToFileURL(join(root, 'test/helpers/module-trace.mjs')).href;

/**
 * What only an org, a local org or a setup needs; each costs many modules. (Progress output is not
 * among them: sf-plugins-core loads that for every command of every plugin.)
 */
const heavy = [
  '/node_modules/@salesforce/source-deploy-retrieve/',
  '/node_modules/soql-parser-js/',
  '/node_modules/busboy/',
  '/node_modules/@apexdevtools/apex-parser/',
  '/lib/local-org/',
  '/lib/apply/',
  '/lib/org/salesforce',
];

/** Runs a command of the built plugin, which must succeed, and lists the modules that it loaded. */
async function modulesOf(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<readonly string[]> {
  const file = join(temporaryFolder('trace'), 'modules.txt');
  const { code, stderr } = await run(process.execPath, ['--import', trace, join(root, 'bin/run.js'), ...args], {
    env: { ...process.env, ...env, MODULE_TRACE: file },
  });
  expect(code, stderr).to.equal(0);
  return readFileSync(file, 'utf8').split('\n');
}

describe('a command that needs no org', () => {
  const folder = temporaryFolder('keys');
  const password = { SF_JWT_STORE_PASSWORD: 'a store password for tests' };
  const files = ['--output-dir', folder, '--name', 'light'];
  const commands: readonly (readonly string[])[] = [
    ['jwt', '--help'],
    ['jwt', 'key', 'create', ...files],
    ['jwt', 'key', 'inspect', '--file', join(folder, 'light.jks')],
    ['jwt', 'verify', '--help'],
  ];

  for (const args of commands) {
    it(`loads nothing that only a setup needs: sf ${args.slice(0, 3).join(' ')}`, async () => {
      const modules = await modulesOf(args, password);
      expect(modules.filter((url) => heavy.some((part) => url.includes(part)))).to.deep.equal([]);
    });
  }

  it('would be caught: the trace sees a module however it is loaded', async () => {
    const script = join(temporaryFolder('trace'), 'script.mjs');
    const file = join(temporaryFolder('trace'), 'modules.txt');
    const sdr = pathToFileURL(join(root, 'node_modules/@salesforce/source-deploy-retrieve/package.json')).href;
    writeFileSync(
      script,
      `import { createRequire } from 'node:module'; createRequire(import.meta.url)(new URL('${sdr}').pathname);`,
    );
    await run(process.execPath, ['--import', trace, script], { env: { ...process.env, MODULE_TRACE: file } });
    expect(readFileSync(file, 'utf8')).to.contain('/node_modules/@salesforce/source-deploy-retrieve/');
  });
});
