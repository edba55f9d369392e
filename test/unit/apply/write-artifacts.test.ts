import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { writeArtifacts } from '../../../src/apply/write-artifacts.js';
import type { Artifact } from '../../../src/artifacts/artifact.js';
import { refusalOf } from '../../helpers/refusal.js';

const artifact = (path: string, content: string, side: Artifact['side'] = 'server'): Artifact => ({
  side,
  path,
  content,
  component: { type: 'Any', fullName: path },
});

describe('writeArtifacts', () => {
  let root: string;
  const at = (path: string): string => join(root, 'jwt/erp', path);

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'sf-jwt-write-')));
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('writes each side into its own folder and leaves nothing else behind', async () => {
    const files = await writeArtifacts(root, 'erp', [artifact('a/b.xml', 'one'), artifact('c.cls', 'two ü', 'client')]);
    expect(files).to.deep.equal([
      { path: 'jwt/erp/server/main/default/a/b.xml', action: 'created' },
      { path: 'jwt/erp/client/main/default/c.cls', action: 'created' },
    ]);
    expect(readFileSync(at('server/main/default/a/b.xml'), 'utf8')).to.equal('one');
    expect(readFileSync(at('client/main/default/c.cls'), 'utf8')).to.equal('two ü');
    expect(readdirSync(at('server/main/default/a'))).to.deep.equal(['b.xml']);
  });

  it('leaves a file alone that has this content already', async () => {
    await writeArtifacts(root, 'erp', [artifact('a.xml', 'one')]);
    utimesSync(at('server/main/default/a.xml'), 1000, 1000);
    const files = await writeArtifacts(root, 'erp', [artifact('a.xml', 'one')], { force: true });
    expect(files.map(({ action }) => action)).to.deep.equal(['unchanged']);
    expect(statSync(at('server/main/default/a.xml')).mtimeMs).to.equal(1_000_000);
  });

  it('writes nothing at all where one file has other content, and names every such file', async () => {
    await writeArtifacts(root, 'erp', [
      artifact('a.xml', 'mine'),
      artifact('b.xml', 'mine'),
      artifact('c.xml', 'same'),
    ]);
    const wanted = [
      artifact('new.xml', 'x'),
      artifact('a.xml', 'theirs'),
      artifact('b.xml', 'theirs'),
      artifact('c.xml', 'same'),
    ];
    const error = await refusalOf(() => writeArtifacts(root, 'erp', wanted));
    const differing = ['jwt/erp/server/main/default/a.xml', 'jwt/erp/server/main/default/b.xml'];
    expect(error.key).to.equal('artifactsDiffer');
    expect(error.tokens[0]).to.equal(differing.join(', '));
    expect(error.data).to.deep.include({ files: differing });
    expect(readdirSync(at('server/main/default')).sort()).to.deep.equal(['a.xml', 'b.xml', 'c.xml']);
    expect(readFileSync(at('server/main/default/a.xml'), 'utf8')).to.equal('mine');
  });

  it('shows how each file differs from what would be written', async () => {
    await writeArtifacts(root, 'erp', [artifact('a.xml', 'one\nmine\nthree\n')]);
    const error = await refusalOf(() => writeArtifacts(root, 'erp', [artifact('a.xml', 'one\nours\nthree\n')]));
    const path = 'jwt/erp/server/main/default/a.xml';
    const diff = `--- ${path}\n+++ ${path} as it would be\n@@ -1,3 +1,3 @@\n one\n-mine\n+ours\n three\n`;
    expect(error.data?.['differences']).to.deep.equal([{ path, where: 'file', diff }]);
    expect(error.tokens[1]).to.equal(`\n\n${diff.trimEnd()}`);
  });

  it('replaces with force, and says what it did with each file', async () => {
    await writeArtifacts(root, 'erp', [artifact('a.xml', 'mine'), artifact('b.xml', 'same')]);
    const wanted = [artifact('a.xml', 'theirs'), artifact('b.xml', 'same'), artifact('c.xml', 'new')];
    const files = await writeArtifacts(root, 'erp', wanted, { force: true });
    expect(files.map(({ action }) => action)).to.deep.equal(['replaced', 'unchanged', 'created']);
    expect(readFileSync(at('server/main/default/a.xml'), 'utf8')).to.equal('theirs');
  });

  it('tells an empty file from none', async () => {
    expect((await writeArtifacts(root, 'erp', [artifact('a.crt', '')]))[0]?.action).to.equal('created');
    expect((await writeArtifacts(root, 'erp', [artifact('a.crt', '')]))[0]?.action).to.equal('unchanged');
  });

  it('names a path where a folder is in the way', async () => {
    mkdirSync(at('server/main/default/a.xml'), { recursive: true });
    const error = await refusalOf(() => writeArtifacts(root, 'erp', [artifact('a.xml', 'one')], { force: true }));
    expect(error.key).to.equal('artifactsNotWritten');
    expect(error.tokens).to.deep.equal(['jwt/erp/server/main/default/a.xml', 'EISDIR']);
  });

  it('names a path that cannot be written, and leaves no half-written file', async function () {
    const folder = at('server/main/default');
    mkdirSync(dirname(folder), { recursive: true });
    if (process.getuid?.() === 0) {
      // Root may write anywhere, so a file stands where a folder must be.
      writeFileSync(folder, '');
      const error = await refusalOf(() => writeArtifacts(root, 'erp', [artifact('a.xml', 'one')]));
      expect(error.key).to.equal('artifactsNotWritten');
      expect(error.tokens[0]).to.equal('jwt/erp/server/main/default/a.xml');
      return;
    }
    mkdirSync(folder);
    chmodSync(folder, 0o500);
    const error = await refusalOf(() => writeArtifacts(root, 'erp', [artifact('a.xml', 'one')]));
    chmodSync(folder, 0o700);
    expect(error.key).to.equal('artifactsNotWritten');
    expect(error.tokens).to.deep.equal(['jwt/erp/server/main/default/a.xml', 'EACCES']);
    expect(readdirSync(folder)).to.deep.equal([]);
  });
});
