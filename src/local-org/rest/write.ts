import type { LocalOrg, SObjectRecord } from '../model.js';
import { isId, isSameId } from '../store/ids.js';
import { findSObject, sObjectOfId, type SObject } from '../store/sobjects.js';
import { addUserLogin } from '../user-login.js';
import type { Fields } from './body.js';
import { fieldValues, refuseMissing } from './field-values.js';
import { noteDeleted, wasDeleted } from './deleted-ids.js';
import { followRow } from './permission-set-component.js';
import { RestRefusal } from './refusal.js';
import { refuseUnprivileged } from './write-access.js';

/**
 * Inserts a row after the checks that Salesforce makes: known fields, required fields, references, duplicates.
 *
 * @throws RestRefusal
 */
export function insertRow(org: LocalOrg, sObject: SObject, userId: string, fields: Fields): SObjectRecord {
  refuseUnprivileged(org, sObject, userId);
  const row = fieldValues(org, sObject, fields);
  refuseMissing(sObject, row, () => true);
  const complete = { ...derivedFields(sObject, row), ...row, CreatedById: userId, LastModifiedById: userId };
  refuseDuplicate(org, sObject, complete);
  const inserted = org.records.insert(sObject.name, complete);
  if (sObject.name === 'User') addUserLogin(org, inserted.Id);
  if (sObject.name === 'PermissionSet') followRow(org, undefined, inserted);
  return inserted;
}

/**
 * Changes fields of a row.
 *
 * @throws RestRefusal
 */
export function updateRow(org: LocalOrg, sObject: SObject, userId: string, id: string, fields: Fields): void {
  refuseReadOnly(sObject, 'update');
  refuseUnprivileged(org, sObject, userId);
  const current = writableRow(org, sObject, id);
  const changed = fieldValues(org, sObject, fields);
  refuseMissing(sObject, changed, (name) => name in changed);
  refuseDuplicate(org, sObject, { ...current, ...changed }, id);
  org.records.update(sObject.name, id, { ...changed, LastModifiedById: userId });
  if (sObject.name === 'PermissionSet') followRow(org, current, org.records.get(sObject.name, id));
}

/**
 * Deletes a row and what hangs on it.
 *
 * @throws RestRefusal
 */
export function deleteRow(org: LocalOrg, sObject: SObject, userId: string, id: string): void {
  refuseReadOnly(sObject, 'delete');
  refuseUnprivileged(org, sObject, userId);
  const row = writableRow(org, sObject, id);
  org.records.delete(sObject.name, id);
  if (sObject.name === 'PermissionSet') followRow(org, row, undefined);
  noteDeleted(org, id);
}

/**
 * The object of this name.
 *
 * @throws RestRefusal NOT_FOUND
 */
export function knownSObject(name: string, tooling: boolean): SObject {
  const sObject = findSObject(name);
  if (sObject && (tooling || !sObject.toolingOnly)) return sObject;
  throw new RestRefusal(404, 'NOT_FOUND', 'The requested resource does not exist');
}

/**
 * The row with this id.
 *
 * @throws RestRefusal NOT_FOUND
 */
export function existingRow(org: LocalOrg, sObject: SObject, id: string): SObjectRecord {
  const row = org.records.get(sObject.name, id);
  if (row) return row;
  throw new RestRefusal(404, 'NOT_FOUND', 'The requested resource does not exist');
}

/** The same for a change. @throws RestRefusal ENTITY_IS_DELETED, NOT_FOUND */
function writableRow(org: LocalOrg, sObject: SObject, id: string): SObjectRecord {
  if (!org.records.get(sObject.name, id) && wasDeleted(org, id))
    throw new RestRefusal(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  return existingRow(org, sObject, id);
}

const participles = { insert: 'inserted', update: 'updated', delete: 'deleted' } as const;

/** Rows that only deploys make, like the org's own row, are not made or changed here. */
export function refuseReadOnly(sObject: SObject, verb: 'insert' | 'update' | 'delete'): void {
  if (sObject.writable === true || sObject.writable === verb) return;
  throw new RestRefusal(
    400,
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    `entity type cannot be ${participles[verb]}: ${sObject.name}`,
  );
}

function refuseDuplicate(org: LocalOrg, sObject: SObject, row: Fields, ownId?: string): void {
  if (sObject.unique.length === 0) return;
  const twin = org.records
    .all(sObject.name)
    .find(
      (other) =>
        (ownId === undefined || !isSameId(other.Id, ownId)) &&
        sObject.unique.every((name) => isEqualValue(other[name], row[name])),
    );
  if (!twin) return;
  if (sObject.name === 'PermissionSetAssignment') {
    const text = `Duplicate PermissionSetAssignment. Assignee: ${String(row['AssigneeId'])}; Permission Set: ${String(row['PermissionSetId'])}`;
    throw new RestRefusal(400, 'DUPLICATE_VALUE', text, ['AssigneeId', 'PermissionSetId']);
  }
  const value = sObject.unique.join(', ');
  throw new RestRefusal(
    400,
    'DUPLICATE_VALUE',
    `duplicate value found: ${value} duplicates value on record with id: ${twin.Id}`,
    [...sObject.unique],
  );
}

function isEqualValue(left: unknown, right: unknown): boolean {
  const [a, b] = [String(left), String(right)];
  return isId(a) && sObjectOfId(a) ? isSameId(a, b) : a.toLowerCase() === b.toLowerCase();
}

/** What Salesforce fills in where an insert leaves it out. */
function derivedFields(sObject: SObject, row: Fields): Fields {
  switch (sObject.name) {
    case 'User':
      return {
        IsActive: true,
        UserType: 'Standard',
        Name: [row['FirstName'], row['LastName']].filter((part) => typeof part === 'string').join(' '),
      };
    case 'PermissionSet':
      return { IsOwnedByProfile: false, IsCustom: true, Type: 'Regular' };
    case 'PermissionSetAssignment':
      return { IsActive: true };
    case 'SetupEntityAccess':
      return { SetupEntityType: sObjectOfId(String(row['SetupEntityId']))?.name };
    default:
      return {};
  }
}
