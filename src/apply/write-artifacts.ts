import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Artifact } from '../artifacts/artifact.js';
import { JwtError } from '../errors.js';
import { sourceRoot } from '../plan/wanted-files.js';
import { differenceOf, shownDifferences } from './unified-diff.js';

export type FileAction = 'created' | 'unchanged' | 'replaced';

export type WrittenFile = {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly action: FileAction;
};

type ProjectFile = { readonly path: string; readonly content: string };

export type WriteOptions = {
  /** Replace files with other content, whoever made them. */
  readonly force?: boolean;
  /** Whether a file of that content was written by an earlier run, so that it is replaced without `force`. */
  readonly isOurs?: (path: string, content: Buffer) => boolean;
  /** Called before a file is touched. */
  readonly beforeWrite?: (file: ProjectFile) => Promise<void>;
};

/**
 * Writes artifacts into `jwt/<connection>/<side>/main/default`. All or nothing where a file has other content: such a
 * file is replaced with `force` only, and without it nothing is written at all.
 *
 * @throws artifactsDiffer, artifactsNotWritten
 */
export async function writeArtifacts(
  projectRoot: string,
  connectionName: string,
  artifacts: readonly Artifact[],
  options: WriteOptions = {},
): Promise<readonly WrittenFile[]> {
  const files = artifacts.map(({ side, path, content }) => ({
    path: `${sourceRoot(connectionName, side)}/${path}`,
    content,
  }));
  return writeProjectFiles(projectRoot, files, options);
}

/** The same for files of the project by their paths. @throws artifactsDiffer, artifactsNotWritten */
export async function writeProjectFiles(
  projectRoot: string,
  files: readonly ProjectFile[],
  { force = false, isOurs = () => false, beforeWrite }: WriteOptions = {},
): Promise<readonly WrittenFile[]> {
  const planned = await Promise.all(files.map((file) => judge(projectRoot, file, isOurs)));
  if (!force) await refuseForeign(planned);
  for (const { file, action } of planned) {
    if (action === 'unchanged') continue;
    await beforeWrite?.(file);
    await writeAtomically(projectRoot, file);
  }
  return planned.map(({ file, action }) => ({ path: file.path, action }));
}

type Judged = {
  readonly file: ProjectFile;
  readonly action: FileAction;
  /** Content of a file that somebody else made. */
  readonly foreign?: Buffer;
};

async function refuseForeign(planned: readonly Judged[]): Promise<void> {
  const foreign = planned.flatMap(({ file, foreign: there }) => (there === undefined ? [] : [{ file, there }]));
  if (foreign.length === 0) return;
  const differences = await Promise.all(
    foreign.map(({ file: { path, content }, there }) =>
      differenceOf({ path, where: 'file' }, there.toString('utf8'), content),
    ),
  );
  const files = foreign.map(({ file }) => file.path);
  throw new JwtError('artifactsDiffer', [files.join(', '), shownDifferences(differences)], {
    data: { files, differences },
  });
}

async function judge(
  projectRoot: string,
  file: ProjectFile,
  isOurs: NonNullable<WriteOptions['isOurs']>,
): Promise<Judged> {
  const there = await readIfThere(join(projectRoot, file.path), file.path);
  if (there === undefined) return { file, action: 'created' };
  if (there.equals(Buffer.from(file.content))) return { file, action: 'unchanged' };
  return { file, action: 'replaced', ...(isOurs(file.path, there) ? {} : { foreign: there }) };
}

async function readIfThere(absolute: string, path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(absolute);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw notWritten(path, cause);
  }
}

/** A reader sees the old file or the new one, never half of it, and a killed run leaves no broken artifact. */
async function writeAtomically(projectRoot: string, { path, content }: ProjectFile): Promise<void> {
  const target = join(projectRoot, path);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(temporary, content, { flush: true });
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw notWritten(path, cause);
  }
}

function notWritten(path: string, cause: unknown): JwtError {
  return new JwtError('artifactsNotWritten', [path, codeOf(cause) ?? 'unknown reason'], { cause });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
