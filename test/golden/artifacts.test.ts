import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { certificateSources, type CertificateSource, type Client } from '../../src/config/connection.js';
import { artifactsOf, goldenCases, sampleConnection, sampleFacts } from './cases.js';

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

/**
 * What a client type, a certificate source and an app type give together is not a tree of its own: the server's half hangs
 * on the app type alone, the client's on the client type, and the certificate is there where the org makes the key. So every
 * combination is held to the bytes of those halves in the trees above.
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

  for (const app of apps) {
    for (const [type, client] of Object.entries(clients)) {
      for (const source of certificateSources.filter((one) => isAllowed(type, one))) {
        it(`${type} with a certificate of source ${source}, and ${app}`, () => {
          const certificate = { ...sampleConnection().certificate, source };
          const connection = sampleConnection({ client, certificate, app: { type: app } });
          const made = artifactsOf({ connection, facts: sampleFacts });
          const expected = new Map([
            ...half('server', readTree(join(folder, app, 'expected'))),
            ...(type === 'external' ? [] : half('client', readTree(join(folder, type, 'expected')))),
          ]);
          for (const path of [...expected.keys()]) {
            if (source !== 'platform' && path.startsWith('client/certs/')) expected.delete(path);
          }
          expect(new Map(made.map(({ side, path, content }) => [`${side}/${path}`, content]))).to.deep.equal(expected);
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
