import type { LocalOrg } from '../model.js';

export type Page = {
  readonly totalSize: number;
  readonly records: readonly unknown[];
  /** Locator of the next page; undefined on the last one. */
  readonly next?: string;
};

type Cursor = { readonly userId: string; readonly records: readonly unknown[] };

/** Open cursors by locator, the oldest first. They are not part of an org's state: after a restart queries begin anew. */
const cursorsOf = new WeakMap<LocalOrg, Map<string, Cursor>>();

/** SOQL and SOSL Reference: a user has up to ten cursors; the oldest is let go for another. */
const cursorsPerUser = 10;

/** Keeps the result of a query for its pages, and returns its locator. */
export function keepCursor(org: LocalOrg, userId: string, records: readonly unknown[]): string {
  const cursors = cursorsOf.get(org) ?? new Map<string, Cursor>();
  cursorsOf.set(org, cursors);
  const own = [...cursors].filter(([, cursor]) => cursor.userId === userId);
  for (const [locator] of own.slice(0, Math.max(own.length - cursorsPerUser + 1, 0))) cursors.delete(locator);
  const locator = org.newId('01g');
  cursors.set(locator, { userId, records });
  return locator;
}

/** A page of a user's cursor; undefined where there is no such cursor, or nothing at that place. */
export function takeFrom(
  org: LocalOrg,
  userId: string,
  locator: string,
  { from, size }: { readonly from: number; readonly size: number },
): Page | undefined {
  const cursor = cursorsOf.get(org)?.get(locator);
  if (!cursor || cursor.userId !== userId || from >= cursor.records.length) return undefined;
  const end = from + size;
  const next = end < cursor.records.length ? `${locator}-${end}` : undefined;
  return { totalSize: cursor.records.length, records: cursor.records.slice(from, end), next };
}
