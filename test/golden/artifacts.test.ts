import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { certificateSources, type CertificateSource, type Client } from '../../src/config/connection.js';
import type { Artifact } from '../../src/artifacts/artifact.js';
import { artifactsOf, goldenCases, otherTrees, sampleConnection, sampleFacts } from './cases.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const isUpdate = process.env.UPDATE_GOLDEN === '1';

/** What a person wrote down about a case: every file, and what must or must not be in it. */
type Intent = {
  readonly files: Readonly<Record<string, { readonly has?: readonly string[]; readonly lacks?: readonly string[] }>>;
};

const trees: Readonly<Record<string, () => readonly Artifact[]>> = {
  ...Object.fromEntries(Object.entries(goldenCases).map(([name, golden]) => [name, () => artifactsOf(golden)])),
  ...otherTrees,
};

const contentsOf = (artifacts: readonly Artifact[]): Map<string, string> =>
  new Map(artifacts.map(({ side, path, content }) => [`${side}/${path}`, content]));

describe('golden trees of artifacts', () => {
  it('has a folder for every case and a case for every folder', () => {
    const folders = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
    expect(folders.sort()).to.deep.equal(Object.keys(trees).sort());
  });

  for (const [name, make] of Object.entries(trees)) {
    describe(name, () => {
      const made = contentsOf(make());
      const expectedFolder = join(folder, name, 'expected');

      it('makes the files that expected.json names, with what it says about them', () => {
        const { files } = JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as Intent;
        expect([...made.keys()].sort()).to.deep.equal(Object.keys(files).sort());
        for (const [path, { has = [], lacks = [] }] of Object.entries(files)) {
          expect([...has, ...lacks], path).not.to.deep.equal([]);
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
        expect(contentsOf(make())).to.deep.equal(made);
      });
    });
  }
});

/**
 * The files of every client type with every certificate source and app type, written down by a person in combinations.json.
 * Their bytes are those of the halves in the trees above: the server's half hangs on the app type alone, the client's on the
 * client type, and the certificate is there where the org makes the key.
 */
describe('combinations of client, certificate and app', () => {
  const apps = ['external-client-app', 'connected-app'] as const;
  const clients = {
    external: { type: 'external' },
    apex: goldenCases['apex']!.connection.client,
    'named-credential': goldenCases['named-credential']!.connection.client,
    'legacy-named-credential': goldenCases['legacy-named-credential']!.connection.client,
  } as const satisfies Record<string, Client>;

  /** A caller outside Salesforce has no org that could make its key. */
  const isAllowed = (client: string, source: CertificateSource): boolean =>
    client !== 'external' || source !== 'platform';

  const intended = JSON.parse(readFileSync(join(folder, 'combinations.json'), 'utf8')) as Record<string, string[]>;
  const names = apps.flatMap((app) =>
    Object.keys(clients).flatMap((type) =>
      certificateSources.filter((one) => isAllowed(type, one)).map((source) => `${type}, ${source}, ${app}`),
    ),
  );

  it('are all written down, and no others', () => {
    expect(Object.keys(intended).sort()).to.deep.equal(names.sort());
  });

  for (const app of apps) {
    for (const [type, client] of Object.entries(clients)) {
      for (const source of certificateSources.filter((one) => isAllowed(type, one))) {
        it(`${type} with a certificate of source ${source}, and ${app}`, () => {
          const certificate = { ...sampleConnection().certificate, source };
          const connection = sampleConnection({ client, certificate, app: { type: app } });
          const made = contentsOf(artifactsOf({ connection, facts: sampleFacts }));
          expect([...made.keys()].sort()).to.deep.equal(intended[`${type}, ${source}, ${app}`]?.sort());
          const expected = new Map([
            ...half('server', readTree(join(folder, app, 'expected'))),
            ...(type === 'external' ? [] : half('client', readTree(join(folder, type, 'expected')))),
          ]);
          for (const path of [...expected.keys()]) {
            if (source !== 'platform' && path.startsWith('client/certs/')) expected.delete(path);
          }
          expect(made).to.deep.equal(expected);
        });
      }
    }
  }

  const half = (side: string, tree: ReadonlyMap<string, string>): [string, string][] =>
    [...tree].filter(([path]) => path.startsWith(`${side}/`));
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
