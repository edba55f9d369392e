import { printableLines } from '../keys/printable.js';

/** How two contents of one file differ. */
export type Difference = {
  /** Relative to the project, with `/`. */
  readonly path: string;
  /** What is there: a file of the project, or a component of an org. */
  readonly where: 'file' | 'org';
  /** Unified diff from what is there to what is wanted, whole; empty where both are the same. */
  readonly diff: string;
};

/** Shown of one file, and of all together; whoever wants more asks for `--json`. */
const linesPerFile = 40;
const linesInAll = 120;

/** Milliseconds after which two files count as wholly different: a diff of such files helps nobody. */
const patience = 1000;

/** What is never shown, whichever file it stands in: keys, and elements of metadata that hold secrets. */
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const secretElement =
  /<((?:[\w.-]+:)?(?:consumerSecret|clientSecret|password|oauthToken|oauthRefreshToken))(?:\s[^>]*)?(?<!\/)>[^]*?(?:<\/\1\s*>|$)/g;

/** The difference from `there` to `wanted`. A file that holds a private key is not shown. */
export async function differenceOf(
  place: Pick<Difference, 'path' | 'where'>,
  there: string,
  wanted: string,
): Promise<Difference> {
  if (privateKey.test(there) || privateKey.test(wanted)) {
    return { ...place, diff: 'Not shown: the file holds a private key.\n' };
  }
  if (there === wanted) return { ...place, diff: '' };
  const { createTwoFilesPatch } = await import('diff');
  const patch = createTwoFilesPatch(
    place.where === 'org' ? `${place.path} in the org` : place.path,
    `${place.path} as it would be`,
    withoutSecrets(there),
    withoutSecrets(wanted),
    undefined,
    undefined,
    { context: 3, timeout: patience },
  );
  // The first line only separates the patches of several files.
  return { ...place, diff: patch?.replace(/^=+\n/, '') ?? 'Not shown: the files have nothing in common.\n' };
}

/** Differences as an error or a plan shows them: the beginning of each, and how much more there is. Empty for none. */
export function shownDifferences(differences: readonly Difference[]): string {
  let left = linesInAll;
  const shown = differences.map(({ path, diff }) => {
    const lines = diff === '' ? [`${path} has the same content.`] : diff.trimEnd().split('\n');
    const head = lines.slice(0, Math.min(linesPerFile, left));
    left -= head.length;
    const more = lines.length - head.length;
    return [
      ...head,
      ...(more > 0 ? [`… ${more} more lines of ${path}: the field "differences" of --json has them all`] : []),
    ].join('\n');
  });
  return shown.length === 0 ? '' : `\n\n${printableLines(shown.join('\n\n'))}`;
}

const withoutSecrets = (text: string): string => text.replaceAll(secretElement, '<$1>not shown</$1>');
