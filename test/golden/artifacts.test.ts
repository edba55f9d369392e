import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { artifactsOf, goldenCases } from './cases.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const isUpdate = process.env.UPDATE_GOLDEN === '1';

/** What a person wrote down about a case: every file, and what must or must not be in it. */
type Intent = {
  readonly files: Readonly<Record<string, { readonly has?: readonly string[]; readonly lacks?: readonly string[] }>>;
};

describe('golden trees of artifacts', () => {
  it('has a folder for every case and a case for every folder', () => {
    const folders = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
    expect(folders.sort()).to.deep.equal(Object.keys(goldenCases).sort());
  });

  for (const [name, golden] of Object.entries(goldenCases)) {
    describe(name, () => {
      const made = new Map(artifactsOf(golden).map(({ side, path, content }) => [`${side}/${path}`, content]));
      const expectedFolder = join(folder, name, 'expected');

      it('makes the files that expected.json names, with what it says about them', () => {
        const { files } = JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as Intent;
        expect([...made.keys()].sort()).to.deep.equal(Object.keys(files).sort());
        for (const [path, { has = [], lacks = [] }] of Object.entries(files)) {
          for (const text of has) expect(made.get(path), path).to.include(text);
          for (const text of lacks) expect(made.get(path), path).not.to.include(text);
        }
      });

      it('makes the bytes of expected/, no file more and none less', () => {
        if (isUpdate) writeTree(expectedFolder, made);
        const expected = readTree(expectedFolder);
        expect([...made.keys()].sort()).to.deep.equal([...expected.keys()].sort());
        for (const [path, content] of made) expect(content, path).to.equal(expected.get(path));
      });

      it('makes the same bytes again', () => {
        expect(
          new Map(artifactsOf(golden).map(({ side, path, content }) => [`${side}/${path}`, content])),
        ).to.deep.equal(made);
      });
    });
  }
});

function readTree(root: string): Map<string, string> {
  if (!existsSync(root)) return new Map();
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')];
    }),
  );
}

function writeTree(root: string, files: ReadonlyMap<string, string>): void {
  rmSync(root, { recursive: true, force: true });
  for (const [path, content] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}
