import type { LocalOrg } from '../model.js';
import { isId } from '../store/ids.js';
import { sObjectOfId, type SObjectField } from '../store/sobjects.js';
import { RestRefusal } from './refusal.js';

/**
 * Refuses what is no id of a row that a field may point to.
 *
 * @throws RestRefusal MALFORMED_ID, FIELD_INTEGRITY_EXCEPTION, INVALID_CROSS_REFERENCE_KEY
 */
export function refuseBadReference(org: LocalOrg, field: SObjectField, value: unknown): void {
  const { name, reference } = field;
  // What a permission set opens is a row of one of several objects, which its id tells.
  if (value === null || (!reference && name !== 'SetupEntityId')) return;
  const id = typeof value === 'string' ? value : '';
  const object = objectOf(field, id);
  if (isThere(org, object, id)) return;
  throw new RestRefusal(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [name]);
}

function objectOf({ name, reference }: SObjectField, id: string): string | undefined {
  if (!isId(id)) throw incorrect('MALFORMED_ID', name, id);
  const given = sObjectOfId(id)?.name;
  if (given === undefined || !reference || given === reference.object) return given ?? reference?.object;
  throw incorrect('FIELD_INTEGRITY_EXCEPTION', name, id);
}

function isThere(org: LocalOrg, object: string | undefined, id: string): boolean {
  return object !== undefined && org.records.get(object, id) !== undefined;
}

function incorrect(code: string, name: string, id: string): RestRefusal {
  return new RestRefusal(400, code, `${name}: id value of incorrect type: ${id}`, [name]);
}
