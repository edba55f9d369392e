import type { LocalOrg } from '../model.js';
import { setByTheOrg, type SObject, type SObjectField } from '../store/sobjects.js';
import { tokenNameOf, WrongTypeRefusal, type Fields } from './body.js';
import { refuseBadReference } from './id-values.js';
import { RestRefusal } from './refusal.js';
import { keptValue } from './text-values.js';

/**
 * The fields of a request under the names that the API spells them, with values of their types. An empty text is no value.
 *
 * @throws RestRefusal INVALID_FIELD, INVALID_FIELD_FOR_INSERT_UPDATE, JSON_PARSER_ERROR, STRING_TOO_LONG,
 *   INVALID_EMAIL_ADDRESS, MALFORMED_ID, FIELD_INTEGRITY_EXCEPTION, INVALID_CROSS_REFERENCE_KEY
 */
export function fieldValues(org: LocalOrg, sObject: SObject, fields: Fields): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(fields)) {
    if (name === 'attributes') continue;
    const field = writableField(sObject, name);
    const value = given === '' ? null : given;
    if (value !== null && !fits(field, value)) throw wrongType(field, value);
    refuseBadReference(org, field, value);
    row[field.name] = value === null ? null : keptValue(sObject, field, value);
  }
  return row;
}

/**
 * Refuses an insert or an update that leaves a required field empty.
 *
 * @param isGiven whether a field counts: all of them on insert, those in the request on update
 * @throws RestRefusal REQUIRED_FIELD_MISSING
 */
export function refuseMissing({ fields }: SObject, row: Fields, isGiven: (name: string) => boolean): void {
  const missing = fields
    .filter(({ name, required }) => required && isGiven(name) && (row[name] ?? null) === null)
    .map(({ name }) => name);
  if (missing.length === 0) return;
  const text = `Required fields are missing: [${missing.join(', ')}]`;
  throw new RestRefusal(400, 'REQUIRED_FIELD_MISSING', text, missing);
}

function writableField(sObject: SObject, name: string): SObjectField {
  const field = sObject.fields.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (!field) {
    const text = `No such column '${name}' on sobject of type ${sObject.name}`;
    throw new RestRefusal(400, 'INVALID_FIELD', text, [name]);
  }
  if (field.name === 'Id') {
    throw new RestRefusal(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
  }
  if (setByTheOrg.has(field.name)) {
    const text = `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`;
    throw new RestRefusal(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', text, [field.name]);
  }
  return field;
}

/** Assumption: texts for booleans are refused whatever they say; those for numbers and moments are read. */
function fits({ type }: SObjectField, value: unknown): boolean {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'int':
      return isScalar(value) && Number.isInteger(Number(value));
    case 'double':
      return isScalar(value) && Number.isFinite(Number(value));
    case 'datetime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    default:
      return isScalar(value) || typeof value === 'boolean';
  }
}

/** A number that JavaScript cannot hold, like 1e400, is none: it would be kept as null. */
function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || Number.isFinite(value);
}

function wrongType({ name, type }: SObjectField, value: unknown): WrongTypeRefusal {
  return new WrongTypeRefusal(
    `Cannot deserialize instance of ${type} from ${tokenNameOf(value)} value ${shown(value)}`,
    name,
  );
}

function shown(value: unknown): string {
  if (typeof value === 'object') return Array.isArray(value) ? '[' : '{';
  const isNone = typeof value === 'number' && !Number.isFinite(value);
  return (typeof value === 'string' || isNone ? String(value) : JSON.stringify(value)).slice(0, 100);
}
