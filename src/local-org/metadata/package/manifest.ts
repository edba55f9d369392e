import type { Problem } from '../deploy/problem.js';
import { parseXml } from '../xml/parse-xml.js';
import { childrenNamed, newElement, textOf, textsOf, type XmlElement } from '../xml/xml-element.js';
import { renderDocument } from '../xml/render-xml.js';

export type Member = { readonly type: string; readonly fullName: string };

/** What a package.xml or destructiveChanges.xml names. A wildcard is the full name `*`. */
export type Manifest = { readonly members: readonly Member[]; readonly version: string | undefined };

export type ReadManifest =
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** Reads the text of a manifest. */
export function parseManifest(content: Uint8Array): ReadManifest {
  const parsed = parseXml(content);
  if (parsed.kind === 'fault') {
    const { message, line, column } = parsed.fault;
    return { kind: 'problems', problems: [{ problem: `Error parsing file: ${message}`, line, column }] };
  }
  const { root } = parsed;
  if (root.name !== 'Package') return oneProblem(root, `Error parsing file: Unknown element ${root.name}`);
  return readManifest(root);
}

/** Reads the element of a manifest: the root of a package.xml, or `unpackaged` of a retrieve request. */
export function readManifest(root: XmlElement): ReadManifest {
  const groups = childrenNamed(root, 'types');
  const nameless = groups.find((group) => textOf(group, 'name') === undefined);
  if (nameless) return oneProblem(nameless, 'Required field is missing: name');
  const members = groups.flatMap((group) =>
    // SDR writes the name of a folder with a slash behind it.
    textsOf(group, 'members').map((member) => ({
      type: textOf(group, 'name') ?? '',
      fullName: member.replace(/\/$/, ''),
    })),
  );
  return { kind: 'manifest', manifest: { members, version: textOf(root, 'version') } };
}

/** Writes a package.xml, with types and members in order, as a retrieve returns it. */
export function renderManifest(members: readonly Member[], version: string): string {
  const types = [...new Set(members.map(({ type }) => type))].sort();
  const groups = types.map((type) =>
    newElement('types', [
      ...[...new Set(members.filter((member) => member.type === type).map(({ fullName }) => fullName))]
        .sort()
        .map((fullName) => newElement('members', fullName)),
      newElement('name', type),
    ]),
  );
  return renderDocument(newElement('Package', [...groups, newElement('version', version)]));
}

function oneProblem({ line, column }: XmlElement, problem: string): ReadManifest {
  return { kind: 'problems', problems: [{ problem, line, column }] };
}
