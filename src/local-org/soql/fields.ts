import type { LocalOrg, SObjectRecord } from '../model.js';
import { RestRefusal } from '../rest/refusal.js';
import { findSObject, type SObject, type SObjectField } from '../store/sobjects.js';
import { markPosition } from './position.js';

export type FieldContext = {
  readonly org: LocalOrg;
  readonly sObject: SObject;
  readonly soql: string;
  /** `u` in `FROM User u`. */
  readonly alias?: string;
};

/** A field as a query reaches it: the relationships to follow and the field at the end, as the API spells them. */
export type FieldPath = {
  readonly relationships: readonly string[];
  readonly name: string;
  readonly type: SObjectField['type'];
};

/**
 * Finds a field by its path in a query, like `Profile.Name`, whatever its case.
 *
 * @throws RestRefusal INVALID_FIELD
 */
export function resolveField(context: FieldContext, path: string): FieldPath {
  const parts = path.split('.');
  if (parts.length > 1 && isNamed(context.alias, parts[0] ?? '')) parts.shift();
  const relationships: string[] = [];
  let { sObject } = context;
  for (const part of parts.slice(0, -1)) {
    const parent = parentOf(context, sObject, part);
    relationships.push(parent.relationship);
    sObject = parent.sObject;
  }
  return { relationships, ...fieldOf(context, sObject, parts.at(-1) ?? '') };
}

function parentOf(context: FieldContext, child: SObject, name: string) {
  const reference = child.fields.find((field) => isNamed(field.reference?.relationship, name))?.reference;
  const sObject = reference && findSObject(reference.object);
  if (!reference || !sObject) throw noRelation(context, name);
  return { relationship: reference.relationship, sObject };
}

function fieldOf(context: FieldContext, sObject: SObject, name: string): Pick<FieldPath, 'name' | 'type'> {
  const field = sObject.fields.find((candidate) => isNamed(candidate.name, name));
  if (field) return { name: field.name, type: field.type };
  throw noColumn(context, name, sObject.name);
}

/** The record that a path's relationships lead to, or null where one of them is empty. */
export function follow(
  context: FieldContext,
  record: SObjectRecord,
  relationships: readonly string[],
): SObjectRecord | null {
  let current = record;
  let sObject: SObject | undefined = context.sObject;
  for (const relationship of relationships) {
    const field: SObjectField | undefined = sObject?.fields.find(
      ({ reference }) => reference?.relationship === relationship,
    );
    const id = field && current[field.name];
    const target: SObjectRecord | undefined =
      typeof id === 'string' && field?.reference ? context.org.records.get(field.reference.object, id) : undefined;
    if (!target) return null;
    current = target;
    sObject = field?.reference && findSObject(field.reference.object);
  }
  return current;
}

/** The value at a path; a field that was never set is null. */
export function valueAt(context: FieldContext, record: SObjectRecord, path: FieldPath): unknown {
  return follow(context, record, path.relationships)?.[path.name] ?? null;
}

function isNamed(candidate: string | undefined, name: string): boolean {
  return candidate?.toLowerCase() === name.toLowerCase();
}

const hint = 'Please reference your WSDL or the describe call for the appropriate names.';

function noColumn({ soql }: FieldContext, name: string, entity: string): RestRefusal {
  const text = `No such column '${name}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${hint}`;
  return new RestRefusal(400, 'INVALID_FIELD', markPosition(soql, name) + text);
}

function noRelation({ soql }: FieldContext, name: string): RestRefusal {
  const text = `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${hint}`;
  return new RestRefusal(400, 'INVALID_FIELD', markPosition(soql, name) + text);
}
