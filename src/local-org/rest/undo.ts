import type { LocalOrg, SObjectRecord, StoredComponent } from '../model.js';
import { sObjects } from '../store/sobjects.js';

/** Rows as they were, by object and id, and the components that follow them. */
type Rows = {
  readonly objects: ReadonlyMap<string, ReadonlyMap<string, SObjectRecord>>;
  readonly permissionSets: readonly StoredComponent[];
};

/** Objects whose rows requests change, or that go with such rows. */
const changing = sObjects.filter(
  ({ writable, fields }) => writable !== false || fields.some(({ reference }) => reference?.cascade === true),
);

/** What requests may change, as it is now. */
export function rowsOf(org: LocalOrg): Rows {
  const objects = changing.map(
    ({ name }) => [name, new Map(org.records.all(name).map((row) => [row.Id, row]))] as const,
  );
  return { objects: new Map(objects), permissionSets: org.components.all('PermissionSet') };
}

/** Takes back inserts, updates and deletions since then, and leaves no trace of them in the rows. */
export function putBack(org: LocalOrg, { objects, permissionSets }: Rows): void {
  for (const [name, rows] of objects) {
    for (const { Id } of org.records.all(name)) if (!rows.has(Id)) org.records.delete(name, Id);
  }
  // Only now, since what is deleted takes rows with it that were there before.
  for (const [name, rows] of objects) {
    for (const row of rows.values()) if (org.records.get(name, row.Id) !== row) org.records.restore(name, row);
  }
  putComponentsBack(org, permissionSets);
}

function putComponentsBack({ components }: LocalOrg, before: readonly StoredComponent[]): void {
  for (const component of components.all('PermissionSet'))
    if (!before.includes(component)) components.delete('PermissionSet', component.fullName);
  for (const component of before)
    if (components.get('PermissionSet', component.fullName) !== component) components.put(component);
}
