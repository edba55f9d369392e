import { existsSync } from 'node:fs';
import { chmod, link, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { KeyFile, KeyFileSuffix } from '../../../src/keys/encode-key-files.js';
import { linkOrCopy, replaceOld, withStaging } from '../../../src/keys/staging.js';
import { missingKeyFiles, writeKeyFiles } from '../../../src/keys/write-key-files.js';
import { refusalOf } from '../../helpers/refusal.js';

function file(suffix: KeyFileSuffix, content: string, mode: 0o600 | 0o644 = 0o600): KeyFile {
  return { suffix, name: `n.${suffix}`, bytes: Buffer.from(content), mode };
}

const fresh = [file('key', 'new key'), file('crt', 'new crt', 0o644), file('p12', 'new p12')];

describe('writing key files', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'write-keys-'));
  });

  afterEach(async () => rm(directory, { recursive: true, force: true }));

  const content = (name: string): Promise<string> => readFile(join(directory, name), 'utf8');
  const put = (name: string, text: string): Promise<void> => writeFile(join(directory, name), text);
  const mode = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

  /** What a run leaves behind that was killed after its backup, with the key replaced already. */
  async function killedReplacement(pid: number): Promise<void> {
    const root = join(directory, `.sf-jwt-${pid}-abc`);
    await mkdir(join(root, 'new'), { recursive: true });
    await mkdir(join(root, 'old'));
    await link(join(directory, 'n.key'), join(root, 'old', 'n.key'));
    await link(join(directory, 'n.crt'), join(root, 'old', 'n.crt'));
    await writeFile(join(root, 'old', 'n.p12.absent'), '');
    await writeFile(join(root, 'new', 'n.key'), 'half key');
    await rename(join(root, 'new', 'n.key'), join(directory, 'n.key'));
    await put('n.p12', 'half p12');
  }

  it('writes all files and returns where they are, absolutely', async () => {
    const paths = await writeKeyFiles(directory, fresh);
    expect(paths).to.deep.equal(['n.key', 'n.crt', 'n.p12'].map((name) => join(directory, name)));
    expect(await content('n.key')).to.equal('new key');
    expect((await readdir(directory)).sort()).to.deep.equal(['n.crt', 'n.key', 'n.p12']);
  });

  it('gives folders that it makes and private files to their owner alone', async function () {
    if (process.platform === 'win32') this.skip();
    const deep = join(directory, 'a', 'b');
    await writeKeyFiles(deep, fresh);
    expect([await mode(join(directory, 'a')), await mode(deep)]).to.deep.equal(['700', '700']);
    expect([await mode(join(deep, 'n.key')), await mode(join(deep, 'n.p12'))]).to.deep.equal(['600', '600']);
    expect(await mode(join(deep, 'n.crt'))).to.equal((0o644 & ~process.umask()).toString(8));
  });

  it('leaves the mode of a folder that is there alone', async function () {
    if (process.platform === 'win32') this.skip();
    await chmod(directory, 0o755);
    await writeKeyFiles(directory, fresh);
    expect(await mode(directory)).to.equal('755');
  });

  it('refuses to overwrite, names every file that is there, and writes none', async () => {
    await put('n.crt', 'old');
    await put('n.p12', 'old');
    const error = await refusalOf(() => writeKeyFiles(directory, fresh));
    expect(error.key).to.equal('keyFilesExist');
    expect(error.tokens).to.deep.equal([`${join(directory, 'n.crt')}, ${join(directory, 'n.p12')}`]);
    expect((await readdir(directory)).sort()).to.deep.equal(['n.crt', 'n.p12']);
  });

  it('takes a link to nowhere for a file that is there', async () => {
    await symlink('/nowhere/at/all', join(directory, 'n.key'));
    expect((await refusalOf(() => writeKeyFiles(directory, fresh))).key).to.equal('keyFilesExist');
  });

  it('overwrites with force, also modes that were too wide', async () => {
    await put('n.key', 'old');
    await chmod(join(directory, 'n.key'), 0o644);
    await writeKeyFiles(directory, fresh, { force: true });
    expect(await content('n.key')).to.equal('new key');
    expect(await mode(join(directory, 'n.key'))).to.equal('600');
    expect((await readdir(directory)).sort()).to.deep.equal(['n.crt', 'n.key', 'n.p12']);
  });

  it('replaces a link and not what it points to', async () => {
    await put('elsewhere', 'kept');
    await symlink(join(directory, 'elsewhere'), join(directory, 'n.key'));
    await writeKeyFiles(directory, fresh, { force: true });
    expect(await content('elsewhere')).to.equal('kept');
    expect(await content('n.key')).to.equal('new key');
  });

  it('lets one of two runs at the same time win, and mixes nothing', async () => {
    const runs = ['one', 'two'].map((content) =>
      writeKeyFiles(
        directory,
        fresh.map(({ suffix }) => file(suffix, content)),
      ),
    );
    const outcomes = await Promise.allSettled(runs);
    expect(outcomes.filter((one) => one.status === 'fulfilled')).to.have.length(1);
    const contents = await Promise.all(['n.key', 'n.crt', 'n.p12'].map(content));
    expect(new Set(contents).size).to.equal(1);
  });

  it('puts the old files back when one of the new ones cannot be put in place', async () => {
    await put('n.key', 'old key');
    const replacing = withStaging(directory, async (staging) => {
      await writeFile(join(staging.fresh, 'n.key'), 'new key');
      await writeFile(join(staging.fresh, 'n.crt'), 'new crt');
      await replaceOld(staging, ['n.key', 'n.crt', 'n.p12']);
    });
    let code: unknown;
    await replacing.catch((error: NodeJS.ErrnoException) => (code = error.code));
    expect(code).to.equal('ENOENT');
    expect(await content('n.key')).to.equal('old key');
    expect(await readdir(directory)).to.deep.equal(['n.key']);
  });

  it('finishes what a killed run left: the old files are back before anything else happens', async () => {
    await put('n.key', 'old key');
    await put('n.crt', 'old crt');
    await killedReplacement(999_999_999);
    expect((await refusalOf(() => writeKeyFiles(directory, fresh))).key).to.equal('keyFilesExist');
    expect([await content('n.key'), await content('n.crt')]).to.deep.equal(['old key', 'old crt']);
    expect((await readdir(directory)).sort()).to.deep.equal(['n.crt', 'n.key']);
  });

  it('does so too when the dead process had our number, as in a container', async () => {
    await put('n.key', 'old key');
    await put('n.crt', 'old crt');
    await killedReplacement(process.pid);
    await writeKeyFiles(directory, [file('jks', 'jks')]);
    expect(await content('n.key')).to.equal('old key');
    expect(existsSync(join(directory, 'n.p12'))).to.equal(false);
  });

  it('leaves the folder of a process alone that still runs', async () => {
    await mkdir(join(directory, `.sf-jwt-${process.ppid}-abc`));
    await mkdir(join(directory, '.sf-jwt-1-abc'));
    await writeKeyFiles(directory, fresh);
    expect(existsSync(join(directory, `.sf-jwt-${process.ppid}-abc`))).to.equal(true);
    expect(existsSync(join(directory, '.sf-jwt-1-abc'))).to.equal(true);
  });

  it('removes a folder that names no process', async () => {
    await mkdir(join(directory, '.sf-jwt-x'));
    await writeKeyFiles(directory, fresh);
    expect(existsSync(join(directory, '.sf-jwt-x'))).to.equal(false);
  });

  it('copies where the disk knows no links, and overwrites nothing then either', async () => {
    const noLinks = async (): Promise<never> => Promise.reject(Object.assign(new Error('no links'), { code: 'EPERM' }));
    await put('from', 'content');
    await chmod(join(directory, 'from'), 0o600);
    await linkOrCopy(join(directory, 'from'), join(directory, 'to'), noLinks);
    expect([await content('to'), await mode(join(directory, 'to'))]).to.deep.equal(['content', '600']);
    const again = await linkOrCopy(join(directory, 'from'), join(directory, 'to'), noLinks).catch(
      (error) => error.code,
    );
    expect(again).to.equal('EEXIST');
  });

  it('says which files are missing', async () => {
    await put('n.crt', 'there');
    expect((await missingKeyFiles(directory, fresh)).map(({ name }) => name)).to.deep.equal(['n.key', 'n.p12']);
  });

  const impossible: ReadonlyArray<readonly [string, (directory: string) => Promise<string>, RegExp]> = [
    [
      'a folder in the place of a file',
      async (path) => {
        await mkdir(join(path, 'n.key'));
        return path;
      },
      /n\.key is a directory/,
    ],
    [
      'a file in the place of the folder',
      async (path) => {
        await writeFile(join(path, 'file'), '');
        return join(path, 'file');
      },
      /a part of the path is a file, not a folder/,
    ],
    [
      'a file above the folder',
      async (path) => {
        await writeFile(join(path, 'file'), '');
        return join(path, 'file', 'below');
      },
      /a part of the path is a file/,
    ],
    ['a path with a NUL in it', async (path) => Promise.resolve(`${path}/a\0b`), /ERR_INVALID_ARG_VALUE/],
    [
      'a folder of the system',
      async () => Promise.resolve('/proc/sf-jwt-nothing/here'),
      /cannot be made|may not write|is read-only/,
    ],
  ];
  for (const [what, prepare, reason] of impossible) {
    it(`says why it cannot write to ${what}`, async () => {
      const target = await prepare(directory);
      const error = await refusalOf(() => writeKeyFiles(target, fresh, { force: true }));
      expect(error.key).to.equal('keyFilesNotWritten');
      expect(error.tokens[1]).to.match(reason);
    });
  }
});
