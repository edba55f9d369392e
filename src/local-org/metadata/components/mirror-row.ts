import type { LocalOrg } from '../../model.js';
import { isSameName } from '../../store/names.js';

type Fields = Readonly<Record<string, unknown>>;

/** Where a component's row is: the object, and the field that holds the component's name. */
export type RowKey = { readonly object: string; readonly nameField: string; readonly fullName: string };

/** Inserts or updates the row of a component. Returns its id. */
export function mirrorRow(org: LocalOrg, key: RowKey, fields: Fields): string {
  const existing = findRow(org, key);
  if (!existing) return org.records.insert(key.object, { [key.nameField]: key.fullName, ...fields }).Id;
  const changed = Object.entries(fields).some(([name, value]) => existing[name] !== value);
  if (changed) org.records.update(key.object, existing.Id, fields);
  return existing.Id;
}

export function removeRow(org: LocalOrg, key: RowKey): void {
  const existing = findRow(org, key);
  if (existing) org.records.delete(key.object, existing.Id);
}

function findRow(org: LocalOrg, { object, nameField, fullName }: RowKey) {
  return org.records.all(object).find((row) => isSameName(String(row[nameField]), fullName));
}
