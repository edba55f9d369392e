import type { LocalOrg } from '../../model.js';
import { findMetadataType } from '../metadata-types.js';
import { openStored, type Candidate } from '../package/candidate.js';
import { childrenNamed, newElement, textOf, without, type XmlElement } from '../xml/xml-element.js';

const fieldType = findMetadataType('CustomField');

/** Takes the fields out of the file of an object: each is a component of its own, named after object and field. */
export function splitObject(object: Candidate): readonly [Candidate, ...Candidate[]] {
  if (object.type.name !== 'CustomObject' || !fieldType) return [object];
  const fields = childrenNamed(object.root, 'fields').map((field): Candidate => {
    const fullName = `${object.fullName}.${textOf(field, 'fullName') ?? ''}`;
    return { type: fieldType, fullName, root: { ...without(field, 'fullName'), name: fieldType.name } };
  });
  return [{ ...object, root: without(object.root, 'fields') }, ...fields];
}

/** Puts fields back into the element of their object, where the alphabet has them, sorted by name. */
export function joinFields(object: XmlElement, fields: readonly Candidate[]): XmlElement {
  const elements = [...fields]
    .sort((left, right) => (left.fullName < right.fullName ? -1 : 1))
    .map(({ fullName, root }): XmlElement => {
      const name = newElement('fullName', fullName.slice(fullName.indexOf('.') + 1));
      return { ...root, name: 'fields', children: [name, ...root.children] };
    });
  const before = object.children.filter(({ name }) => name < 'fields');
  const behind = object.children.filter(({ name }) => name > 'fields');
  return { ...object, children: [...before, ...elements, ...behind] };
}

/** The fields that an org has for an object. */
export function fieldsOf(org: LocalOrg, object: string): readonly Candidate[] {
  return org.components
    .all('CustomField')
    .filter(({ fullName }) => fullName.startsWith(`${object}.`))
    .map(openStored);
}
