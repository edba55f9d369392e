import type { LocalOrg } from '../../model.js';
import { childTypesOf, filePath, findMetadataType, parentName, type MetadataType } from '../metadata-types.js';
import { openStored, toFiles, type Candidate } from '../package/candidate.js';
import { childrenNamed, newElement, textOf, without, type XmlElement } from '../xml/xml-element.js';

/**
 * Takes the parts out of the file of a component: the fields, rules and labels that are components of their own, named after
 * the component and themselves. Where one has no name, they stay.
 */
export function splitParts(whole: Candidate): readonly [Candidate, ...Candidate[]] {
  const types = childTypesOf(whole.type.name);
  const parts = types.flatMap((type) =>
    childrenNamed(whole.root, elementOf(type)).map((element) => partOf(whole.fullName, type, element)),
  );
  if (parts.length === 0) return [whole];
  return [{ ...whole, root: without(whole.root, ...types.map(elementOf)) }, ...parts];
}

/** Puts parts back into the element that they stand in: by the alphabet, those of a kind sorted by name. */
export function joinParts(whole: XmlElement, parts: readonly Candidate[]): XmlElement {
  const elements = [...parts]
    .sort((left, right) => (left.fullName < right.fullName ? -1 : 1))
    .map(({ type, fullName, root }): XmlElement => {
      const key = newElement(type.key ?? 'fullName', ownName(type, fullName));
      return { ...root, name: elementOf(type), children: [key, ...root.children] };
    });
  const children = [...whole.children, ...elements];
  // Sorting keeps the order of what has the same name.
  return { ...whole, children: children.sort((left, right) => compare(left.name, right.name)) };
}

/** The parts of a type, or of all types, that an org has for a component. */
export function partsOf(org: LocalOrg, owner: string, ownerName: string, only?: string): readonly Candidate[] {
  return childTypesOf(owner)
    .filter(({ name }) => only === undefined || name === only)
    .flatMap((type) => org.components.all(type.name).filter(({ fullName }) => parentName(type, fullName) === ownerName))
    .map(openStored);
}

/** A component with all its parts, as a retrieve and a read give it out. */
export function wholeOf(org: LocalOrg, owner: Candidate): Candidate {
  const parts = partsOf(org, owner.type.name, owner.fullName);
  return parts.length === 0 ? owner : { ...owner, root: joinParts(owner.root, parts) };
}

/** The file around parts, without what else stands in it in the org. */
export function fileAround(parts: readonly [Candidate, ...Candidate[]]): ReadonlyMap<string, Uint8Array> {
  const [{ type, fullName }] = parts;
  const owner = findMetadataType(type.parent ?? '');
  if (!owner) throw new TypeError(`${filePath(type, fullName)} stands in no other file`);
  return toFiles({
    type: owner,
    fullName: parentName(type, fullName),
    root: joinParts(newElement(owner.name, []), parts),
  });
}

function partOf(owner: string, type: MetadataType, element: XmlElement): Candidate {
  const key = type.key ?? 'fullName';
  const name = textOf(element, key) ?? '';
  const fullName = type.withoutParent ? name : `${owner}.${name}`;
  return { type, fullName, root: { ...without(element, key), name: type.name } };
}

/** Name of a part inside its file. */
function ownName({ withoutParent }: MetadataType, fullName: string): string {
  return withoutParent ? fullName : fullName.slice(fullName.indexOf('.') + 1);
}

function elementOf({ element }: MetadataType): string {
  return element ?? '';
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
