import type { LocalOrg } from '../../model.js';
import type { Retrieved } from './retrieve-components.js';

/** Results wait to be fetched; only so many, as nobody comes back for most of them. */
const maxWaiting = 20;

const waiting = new WeakMap<LocalOrg, Map<string, Retrieved>>();

/** Keeps a result until it is asked for. Returns the id of the retrieve. */
export function keepRetrieve(org: LocalOrg, retrieved: Retrieved): string {
  const jobs = waiting.get(org) ?? new Map<string, Retrieved>();
  waiting.set(org, jobs);
  const id = org.newId('09S');
  jobs.set(id, retrieved);
  const [oldest] = jobs.keys();
  if (jobs.size > maxWaiting && oldest !== undefined) jobs.delete(oldest);
  return id;
}

/** @param id 15 or 18 characters */
export function findRetrieve(org: LocalOrg, id: string): Retrieved | undefined {
  return [...(waiting.get(org) ?? [])].find(([known]) => known === id || known.slice(0, 15) === id)?.[1];
}
