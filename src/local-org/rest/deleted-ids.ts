import type { LocalOrg } from '../model.js';

/** Enough for a client that deletes twice; no more is kept, and nothing on disk. */
const mostIds = 10_000;

const deleted = new WeakMap<LocalOrg, Set<string>>();

/** Notes that a row was deleted, which orgs tell from one that never was. */
export function noteDeleted(org: LocalOrg, id: string): void {
  const ids = deleted.get(org) ?? new Set<string>();
  deleted.set(org, ids.add(id.slice(0, 15)));
  const [oldest] = ids;
  if (ids.size > mostIds && oldest !== undefined) ids.delete(oldest);
}

/** Whether the row with this id was deleted since the org was started. */
export function wasDeleted(org: LocalOrg, id: string): boolean {
  return deleted.get(org)?.has(id.slice(0, 15)) ?? false;
}
