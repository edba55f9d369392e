import { problemAt, type Problem } from '../deploy/problem.js';
import { nameFault } from '../developer-name.js';
import type { Candidate } from '../package/candidate.js';
import { isCustomMetadataType } from './custom-object-kind.js';
import { isTrue, textOf, type XmlElement } from '../xml/xml-element.js';
import type { ComponentHandler, DeployContext } from './handler.js';

/** A type of field, as records and queries need to know it. */
export type FieldKind = {
  /** The types of XML Schema that a value in a record may have. */
  readonly values: readonly string[];
  readonly column: 'string' | 'textarea' | 'boolean' | 'double' | 'datetime';
  readonly needs: readonly string[];
  readonly refuses: readonly string[];
};

/**
 * Which values a field takes is seen in the field for all but Percent, Email, Phone, Url and the text areas; assumption:
 * these are as strict as Number and Text. That a type needs or refuses a property is documented, and seen in part.
 */
const kinds: ReadonlyMap<string, FieldKind> = new Map([
  ['Checkbox', kind(['boolean'], 'boolean', ['defaultValue'])],
  ['Date', kind(['date', 'dateTime'], 'string')],
  ['DateTime', kind(['dateTime', 'date'], 'datetime')],
  ['Email', kind(['string'], 'string')],
  ['LongTextArea', kind(['string'], 'textarea', ['length', 'visibleLines'], ['required', 'unique'])],
  ['Number', kind(['double', 'int', 'string'], 'double', ['precision', 'scale'])],
  ['Percent', kind(['double', 'int', 'string'], 'double', ['precision', 'scale'])],
  ['Phone', kind(['string'], 'string')],
  ['Text', kind(['string'], 'string', ['length'])],
  ['TextArea', kind(['string'], 'textarea', [], ['length'])],
  ['Url', kind(['string'], 'string')],
]);

/** Types that custom metadata types have in Salesforce, and not here. Salesforce makes a MetadataRelationship of a Lookup. */
const notKept = new Set(['Lookup', 'MetadataRelationship', 'Picklist']);

/** Metadata API Developer Guide, CustomField: the sizes that a number or a text can have. */
const ranges: readonly (readonly [type: string, property: string, least: number, most: number])[] = [
  ['Text', 'length', 1, 255],
  ['LongTextArea', 'length', 256, 131_072],
  ['Number', 'precision', 1, 18],
  ['Number', 'scale', 0, 17],
  ['Percent', 'precision', 1, 18],
  ['Percent', 'scale', 0, 17],
];

/** A field: of a custom metadata type, or of any other object, where it is kept as it comes. */
export const customField: ComponentHandler = { check };

/** The kind of a field that passed the check. */
export function fieldKind({ root }: Candidate): FieldKind | undefined {
  return kinds.get(textOf(root, 'type') ?? '');
}

function check({ type, fullName, root }: Candidate, context: DeployContext): readonly Problem[] {
  const [object = '', name = ''] = fullName.split('.');
  const badName = nameFault(type, fullName);
  if (badName !== undefined) return [problemAt(root, 'fullName', badName)];
  if (context.isRefused('CustomObject', object)) return [{ problem: 'Parent entity failed to deploy' }];
  // Not texts of Salesforce's, but for the form of the first.
  if (!isStandardObject(object) && !context.find('CustomObject', object))
    return [problemAt(root, 'fullName', `In field: fullName - no CustomObject named ${object} found`)];
  if (isStandardField(object, name)) return [];
  return checkCustomField(object, name, root);
}

function checkCustomField(object: string, name: string, root: XmlElement): readonly Problem[] {
  if (!name.endsWith('__c')) return [problemAt(root, 'fullName', `The name of a custom field ends in __c: ${name}`)];
  if (textOf(root, 'label') === undefined)
    return [problemAt(root, 'label', 'Must specify a non-empty label for the CustomField')];
  if (textOf(root, 'type') === undefined) return [problemAt(root, 'type', 'Required field is missing: type')];
  if (!isCustomMetadataType(object)) return [];
  // Seen in the field: this, and no more.
  if (textOf(root, 'formula') !== undefined) return [problemAt(root, 'formula', 'Invalid data type.')];
  return checkType(object, name, root);
}

/** Standard objects are there in every org, and standard fields in every object but custom metadata types. */
function isStandardObject(object: string): boolean {
  return !object.includes('__');
}

function isStandardField(object: string, field: string): boolean {
  return !isCustomMetadataType(object) && !field.includes('__');
}

function checkType(object: string, name: string, root: XmlElement): readonly Problem[] {
  const type = textOf(root, 'type') ?? '';
  if (notKept.has(type)) return [problemAt(root, 'type', `A local org keeps no fields of the type ${type}`)];
  const wanted = kinds.get(type);
  if (!wanted) {
    // Word for word as orgs have it.
    const problem = `Type ${type} of CustomMetadataField ${object}.${name} is not supported for the Entity ${object}`;
    return [problemAt(root, 'type', problem)];
  }
  const must = wanted.needs
    .filter((property) => textOf(root, property) === undefined)
    .map((property) => problemAt(root, property, `Must specify '${property}' for a CustomField of type ${type}`));
  const mustNot = wanted.refuses
    .filter((property) => (property === 'length' ? textOf(root, property) !== undefined : isTrue(root, property)))
    .map((property) => problemAt(root, property, `Can not specify '${property}' for a CustomField of type ${type}`));
  return [...must, ...mustNot, ...checkRanges(type, root), ...checkScale(root)];
}

/** The text is an assumption. */
function checkRanges(type: string, root: XmlElement): readonly Problem[] {
  return ranges
    .filter(([owner, property]) => owner === type && textOf(root, property) !== undefined)
    .flatMap(([, property, least, most]) => {
      const value = Number(textOf(root, property));
      if (Number.isInteger(value) && value >= least && value <= most) return [];
      return [problemAt(root, property, `${property}: must be a whole number between ${least} and ${most}`)];
    });
}

/** Metadata API Developer Guide, CustomField: the scale is the part of the precision behind the point. The text is an assumption. */
function checkScale(root: XmlElement): readonly Problem[] {
  const [precision, scale] = [Number(textOf(root, 'precision')), Number(textOf(root, 'scale'))];
  return scale > precision ? [problemAt(root, 'scale', 'scale: must not be greater than precision')] : [];
}

function kind(
  values: readonly string[],
  column: FieldKind['column'],
  needs: readonly string[] = [],
  refuses: readonly string[] = [],
): FieldKind {
  return { values, column, needs, refuses };
}
