import { sha256 } from './digest.js';
import { certificateIn } from './generated-files.js';
import type { Observation } from './observation.js';
import { wantedFile, type WantedFile } from './wanted-files.js';

const certificateBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Digest of all that a person may edit in a file: the certificate in it is setup's to put in, and counts for nothing. */
export const digestOfEdit = (content: string): string => sha256(content.replaceAll(certificateBlock, ''));

/** Whether metadata of an app carries a certificate: one that stands in a comment is none. */
export function hasCertificate(content: string): boolean {
  const withoutComments = content.replaceAll(/<!--[^]*?-->/g, '');
  return /<certificate\s*>\s*[^<\s]/.test(withoutComments.replaceAll(/<!\[CDATA\[([^]*?)\]\]>/g, '$1'));
}

/**
 * The files that are wanted, with edits in the place of what we would write. An edit stays that somebody deployed as it is,
 * for as long as we would write the same as when it was made, but for the certificate, which is put into it. So a package
 * manager treats a configuration file that somebody edited.
 */
export const withEdits = (
  files: readonly WantedFile[],
  seen: Pick<Observation, 'edits' | 'journal'>,
): readonly WantedFile[] => files.map((file) => editOf(file, seen) ?? file);

/** The paths of the files that `withEdits` leaves to whoever edited them. */
export const editedPaths = (
  files: readonly WantedFile[],
  seen: Pick<Observation, 'edits' | 'journal'>,
): readonly string[] => files.filter((file) => editOf(file, seen) !== undefined).map(({ path }) => path);

function editOf(
  { path, content }: WantedFile,
  { edits, journal }: Pick<Observation, 'edits' | 'journal'>,
): WantedFile | undefined {
  const edit = edits[path];
  if (edit === undefined || journal.bases[path] !== digestOfEdit(content)) return undefined;
  const certificate = certificateIn(content);
  if (certificate === undefined) return wantedFile(path, edit);
  return hasCertificate(edit) ? wantedFile(path, edit.replaceAll(certificateBlock, certificate)) : undefined;
}
