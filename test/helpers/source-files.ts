import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Paths below a folder of the repository, with `/`, relative to the repository. */
export function filesIn(folder: string, ending: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** What a file imports in any way: a package by its name, a file of ours by its path in the repository. */
export function importsOf(path: string): readonly string[] {
  return ts
    .preProcessFile(read(path))
    .importedFiles.map(({ fileName }) =>
      fileName.startsWith('.')
        ? posix.join(dirname(path), fileName).replace(/\.js$/, '.ts')
        : fileName.split('/', fileName.startsWith('@') ? 2 : 1).join('/'),
    );
}

/** Each file that can be reached from here, and every package that any of them imports when it is loaded. */
export function reachableFrom(path: string, seen = new Set<string>()): ReadonlySet<string> {
  for (const imported of loadedImportsOf(path)) {
    if (seen.has(imported)) continue;
    seen.add(imported);
    if (imported.startsWith('src/')) reachableFrom(imported, seen);
  }
  return seen;
}

/** Static imports that are more than types: `import()` waits until it is needed. */
function loadedImportsOf(path: string): readonly string[] {
  const source = parse(path);
  const loaded = source.statements.filter(
    (one): one is ts.ImportDeclaration | ts.ExportDeclaration =>
      (ts.isImportDeclaration(one) && !one.importClause?.isTypeOnly) ||
      (ts.isExportDeclaration(one) && !one.isTypeOnly),
  );
  const names = new Set(loaded.map(({ moduleSpecifier }) => moduleSpecifier?.getText(source).slice(1, -1)));
  const resolved = ts.preProcessFile(read(path)).importedFiles.map(({ fileName }) => fileName);
  const all = importsOf(path);
  return all.filter((_, index) => names.has(resolved[index]));
}

export function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2022, true);
}
