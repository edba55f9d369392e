import type { ComponentRef } from '../artifacts/artifact.js';
import { sha256 } from './digest.js';
import { canonical, readXml, saysTheSame, type XmlNode } from './xml-tree.js';

/** A file of a component, by its path below a source folder or in the zip of a retrieve. */
export type ComponentFile = { readonly path: string; readonly content: string };

/**
 * Types of which an org gives out the same from one retrieve to the next, as long as nobody changes them, although not as
 * they were deployed. That nothing else changes them is assumed. Not among them are apps, whose settings hold secrets and
 * what the org made itself, certificates, and objects, to which anybody may add fields.
 */
export const givenOutAlike: readonly string[] = [
  'CustomMetadata',
  'ExternalCredential',
  'NamedCredential',
  'PermissionSet',
  'RemoteSiteSetting',
];

/**
 * Digest of what a component says, for comparisons of one time with another. Undefined for a type that cannot be compared,
 * and where the files say nothing.
 */
export function formOf({ type }: ComponentRef, files: readonly ComponentFile[]): string | undefined {
  if (type === 'ApexClass') {
    const body = bodyIn(files);
    return body === undefined ? undefined : sha256(body);
  }
  const [file] = files;
  const root = givenOutAlike.includes(type) && file ? readXml(file.content) : undefined;
  return root && sha256(canonical(root));
}

/**
 * Whether a deploy of our files of a component would change nothing in the org.
 *
 * @param ours in source format
 * @param theirs as the org gives them out
 */
export function isSameContent(
  { type }: ComponentRef,
  ours: readonly ComponentFile[],
  theirs: readonly ComponentFile[],
): boolean {
  if (type === 'ApexClass' && bodyIn(ours) !== bodyIn(theirs)) return false;
  const isXml = ({ path }: ComponentFile): boolean => !isBody(path);
  const root = readXml(theirs.find(isXml)?.content ?? '');
  const wanted = ours.filter(isXml).map(({ content }) => readXml(content));
  if (root === undefined || wanted.length === 0) return false;
  return wanted.every((part) => part !== undefined && isPartOf(part, root));
}

/** The fields of an object are files of their own in source format, and stand in the object where an org gives it out. */
function isPartOf(part: XmlNode, whole: XmlNode): boolean {
  if (whole.name !== 'CustomObject') return saysTheSame(part, whole, unreadOf(whole));
  const fields = whole.children.filter(({ name }) => name === 'fields');
  if (part.name === 'CustomField') return fields.some((field) => saysTheSame({ ...part, name: 'fields' }, field));
  return saysTheSame(part, { ...whole, children: whole.children.filter(({ name }) => name !== 'fields') });
}

/** The certificate of an External Client App cannot be read back (seen in the field). */
const unreadOf = ({ name }: XmlNode): readonly string[] =>
  name === 'ExtlClntAppGlobalOauthSettings' ? ['certificate'] : [];

const isBody = (path: string): boolean => /\.cls$/i.test(path);

/** An org trims classes (forcedotcom/cli#306, prettier-plugin-apex#83); line ends are a matter of who writes the file. */
const bodyIn = (files: readonly ComponentFile[]): string | undefined =>
  files
    .find(({ path }) => isBody(path))
    ?.content.replaceAll('\r\n', '\n')
    .trim();
