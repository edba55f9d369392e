import { fieldsOfType } from '../types/elements.js';
import { rootName } from '../metadata-types.js';
import type { Candidate } from '../package/candidate.js';
import { childNamed, childrenNamed, newElement, withChild, type XmlElement } from '../xml/xml-element.js';

/**
 * What an org adds where a file says nothing: documented as the default of the field (Metadata API Developer Guide), and seen in
 * retrieved files, which have these elements always.
 */
const defaults: ReadonlyMap<string, readonly (readonly [element: string, value: string])[]> = new Map([
  [
    'Certificate',
    [
      ['encryptedWithPlatformEncryption', 'false'],
      ['privateKeyExportable', 'true'],
    ],
  ],
  [
    'ExternalClientApplication',
    [
      ['distributionState', 'Local'],
      ['isProtected', 'false'],
    ],
  ],
  [
    'NamedCredential',
    [
      ['allowMergeFieldsInBody', 'false'],
      ['allowMergeFieldsInHeader', 'false'],
      ['calloutStatus', 'Enabled'],
      ['generateAuthorizationHeader', 'true'],
    ],
  ],
  ['PermissionSet', [['hasActivationRequired', 'false']]],
]);

/** The types in which orgs return what stands there several times sorted by what it is about. */
const sortedTypes: ReadonlySet<string> = new Set(['PermissionSet', 'Profile']);

/**
 * A component as an org keeps it: data, not text. So a retrieve gives the elements back in the order of their type, with the
 * values that the file left out.
 */
export function asKept(candidate: Candidate): Candidate {
  const { type, fullName } = candidate;
  if (type.layout === 'bundle') return candidate;
  const absent = (defaults.get(type.name) ?? []).filter(([name]) => !childNamed(candidate.root, name));
  const root = absent.reduce((one, [name, value]) => withChild(one, newElement(name, value)), candidate.root);
  const ordered = inOrder(root, rootName(type, fullName));
  return { ...candidate, root: sortedTypes.has(type.name) ? sortRepeated(ordered) : ordered };
}

function inOrder(element: XmlElement, type: string): XmlElement {
  const fields = fieldsOfType(type);
  if (!fields || element.children.length === 0) return element;
  const places = new Map([...fields.keys()].map((name, index) => [name, index]));
  const children = element.children
    .map((child) => inOrder(child, fields.get(child.name)?.type ?? ''))
    .sort((left, right) => (places.get(left.name) ?? 0) - (places.get(right.name) ?? 0));
  return { ...element, children };
}

function sortRepeated(element: XmlElement): XmlElement {
  const names = [...new Set(element.children.map(({ name }) => name))];
  const children = names.flatMap((name) =>
    childrenNamed(element, name).toSorted((left, right) => compare(subjectOf(left), subjectOf(right))),
  );
  return { ...element, children };
}

/** What an access is to: its first text that does not just say whether. */
function subjectOf({ children }: XmlElement): string {
  return children.map(({ text }) => text).find((text) => text !== 'true' && text !== 'false') ?? '';
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
