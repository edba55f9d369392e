import type { LocalOrg, SObjectRecord } from '../model.js';
import { sObjects } from '../store/sobjects.js';

/** Rows as they were, by object and id. */
export type Rows = ReadonlyMap<string, ReadonlyMap<string, SObjectRecord>>;

/** Objects whose rows requests change, or that go with such rows. */
const changing = sObjects.filter(
  ({ writable, fields }) => writable !== false || fields.some(({ reference }) => reference?.cascade === true),
);

/** What requests may change, as it is now. */
export function rowsOf(org: LocalOrg): Rows {
  return new Map(changing.map(({ name }) => [name, new Map(org.records.all(name).map((row) => [row.Id, row]))]));
}

/** Takes back inserts, updates and deletions since then, and leaves no trace of them in the rows. */
export function putBack(org: LocalOrg, before: Rows): void {
  for (const [name, rows] of before) {
    for (const { Id } of org.records.all(name)) if (!rows.has(Id)) org.records.delete(name, Id);
  }
  // Only now, since what is deleted takes rows with it that were there before.
  for (const [name, rows] of before) {
    for (const row of rows.values()) if (org.records.get(name, row.Id) !== row) org.records.restore(name, row);
  }
}
