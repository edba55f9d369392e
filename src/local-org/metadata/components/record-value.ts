import { salesforceDate } from '../../store/record-store.js';
import { problemAt, type Problem } from '../deploy/problem.js';
import type { Candidate } from '../package/candidate.js';
import { childNamed, isTrue, textOf, type XmlElement } from '../xml/xml-element.js';
import { fieldKind } from './custom-field.js';

/** The types of XML Schema that orgs know in records, and the form of their values. */
const forms: ReadonlyMap<string, RegExp> = new Map([
  ['boolean', /^(?:true|false|0|1)$/],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['dateTime', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/],
  ['double', /^[+-]?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?$/],
  ['int', /^[+-]?\d+$/],
  ['string', /^/],
]);

/** A value of a record as a query answers it: null for none. */
export type RecordValue = string | number | boolean | null;

/** Word for word as orgs have it, the two spaces and the slips included. */
const noType =
  'Error parsing file:  Only the following configurations are supported : 1) if the type is mentioned i.g. ' +
  'type="xsi:boolean" 2) With metadata CRUD API with fullName required';

/** Judges one `values` of a record by its field. All texts but that about an unknown type are seen in the field. */
export function checkValue(values: XmlElement, field: Candidate): readonly Problem[] {
  const value = childNamed(values, 'value');
  if (!value || isNil(value)) return [];
  const at = (problem: string): readonly Problem[] => [problemAt(values, 'value', problem)];
  const type = value.attributes['type'];
  if (type === undefined) return at(noType);
  const name = type.replace(/^xsd:/, '');
  const form = type.startsWith('xsd:') ? forms.get(name) : undefined;
  // An org fails the whole deploy with an UNKNOWN_EXCEPTION that names nothing.
  if (!form) return at(`Error parsing file: ${type} is no type of values in records of custom metadata types`);
  if (!form.test(value.text.trim())) return at(`Error parsing file: '${value.text}' is not valid for the type ${type}`);
  const fault = faultOf(value.text, name, field);
  return fault === undefined ? [] : at(`${textOf(field.root, 'label')}: ${fault}`);
}

function faultOf(text: string, type: string, field: Candidate): string | undefined {
  const kind = fieldKind(field);
  const mismatch = `value not of required type: ${text}`;
  if (!kind?.values.includes(type)) return mismatch;
  if (kind.column === 'double') {
    if (!forms.get('double')?.test(text.trim())) return mismatch;
    const digits = Number(textOf(field.root, 'precision')) - Number(textOf(field.root, 'scale'));
    // The text of data errors; assumption: the same for records.
    return Math.abs(Number(text)) < 10 ** digits ? undefined : `value outside of valid range on numeric field: ${text}`;
  }
  const most = maxLength(field.root);
  return text.length > most ? `data value too large: ${text} (max length=${most})` : undefined;
}

/** Object Reference, field types: an email address has at most 80 characters, a phone number 40, a URL and a text area 255. */
function maxLength(field: XmlElement): number {
  const given = textOf(field, 'length');
  if (given !== undefined) return Number(given);
  const type = textOf(field, 'type');
  return type === 'Email' ? 80 : type === 'Phone' ? 40 : 255;
}

/** The value of a checked `values`, or null where there is none. */
export function readValue(values: XmlElement, field: Candidate): RecordValue {
  const value = childNamed(values, 'value');
  if (!value || isNil(value)) return null;
  const text = value.text;
  switch (fieldKind(field)?.column) {
    case 'boolean':
      return ['true', '1'].includes(text.trim());
    case 'double':
      return Number(text);
    case 'datetime':
      return salesforceDate(Date.parse(text.trim()));
    default:
      return textOf(field.root, 'type') === 'Date' ? text.trim().slice(0, 10) : text;
  }
}

/** The value of a field that a record says nothing about: a checkbox is never empty. */
export function emptyValue(field: Candidate): RecordValue {
  return fieldKind(field)?.column === 'boolean' ? isTrue(field.root, 'defaultValue') : null;
}

export function isNil({ attributes }: XmlElement): boolean {
  return ['true', '1'].includes(attributes['nil'] ?? '');
}
