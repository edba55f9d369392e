import type { LocalOrg, OrgKeyPair, StoredComponent } from '../../model.js';
import type { DeployContext } from '../components/handler.js';
import { handlerOf } from '../components/handlers.js';
import { openStored, toFiles, type Candidate } from '../package/candidate.js';
import type { Problem } from './problem.js';

/** What became, or would become, of one component. */
export type Saved =
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'created' | 'changed' | 'unchanged'; readonly candidate: Candidate };

/** Judges components one after the other; each is judged with those before it in mind. Changes nothing. */
export type Judge = { readonly judge: (candidate: Candidate) => Saved; readonly context: DeployContext };

/** @param removed Components that the same deploy removes first, as `type:fullName` */
export function createJudge(
  org: LocalOrg,
  newKeyPairs: ReadonlyMap<string, OrgKeyPair>,
  removed: ReadonlySet<string> = new Set(),
): Judge {
  const accepted = new Map<string, Candidate>();
  const refused = new Set<string>();
  const stored = (type: string, fullName: string): StoredComponent | undefined =>
    removed.has(`${type}:${fullName}`) ? undefined : org.components.get(type, fullName);
  const find: DeployContext['find'] = (type, fullName) => {
    const before = stored(type, fullName);
    return accepted.get(`${type}:${fullName}`) ?? (before && openStored(before));
  };
  const all: DeployContext['all'] = (type) => {
    const names = org.components.all(type).map(({ fullName }) => fullName);
    const added = [...accepted.values()].filter((candidate) => candidate.type.name === type);
    return [...new Set([...names, ...added.map(({ fullName }) => fullName)])].flatMap((name) => find(type, name) ?? []);
  };
  const isRefused: DeployContext['isRefused'] = (type, fullName) => refused.has(`${type}:${fullName}`);
  const context: DeployContext = { org, find, all, isRefused, newKeyPairs };

  return {
    context,
    judge(candidate) {
      const { type, fullName } = candidate;
      const { check, complete } = handlerOf(type.name);
      const problems = check?.(candidate, context) ?? [];
      if (problems.length > 0) {
        refused.add(`${type.name}:${fullName}`);
        return { kind: 'refused', problems };
      }
      const completed = complete?.(candidate, context) ?? candidate;
      const before = stored(type.name, fullName);
      accepted.set(`${type.name}:${fullName}`, completed);
      if (!before) return { kind: 'created', candidate: completed };
      return { kind: isSame(before.files, toFiles(completed)) ? 'unchanged' : 'changed', candidate: completed };
    },
  };
}

/** Keeps a judged component, with its rows. Returns its id. */
export function saveComponent(candidate: Candidate, context: DeployContext): string {
  const { org } = context;
  const { type, fullName } = candidate;
  const before = org.components.get(type.name, fullName);
  const id = handlerOf(type.name).mirror?.(candidate, context) ?? before?.id ?? org.newId(type.keyPrefix);
  const now = org.now();
  const files = toFiles(candidate);
  const isUnchanged = before !== undefined && isSame(before.files, files);
  if (isUnchanged && before.id === id) return id;
  org.components.put({
    type: type.name,
    fullName,
    id,
    files,
    createdAt: before?.createdAt ?? now,
    lastModifiedAt: now,
  });
  return id;
}

/** Removes a component with its rows. Returns its id, or undefined where there is no such component. */
export function removeComponent(org: LocalOrg, type: string, fullName: string): string | undefined {
  const stored = org.components.get(type, fullName);
  if (!stored) return undefined;
  handlerOf(type).remove?.(fullName, org);
  org.components.delete(type, fullName);
  return stored.id;
}

function isSame(left: ReadonlyMap<string, Uint8Array>, right: ReadonlyMap<string, Uint8Array>): boolean {
  if (left.size !== right.size) return false;
  return [...left].every(([path, content]) => Buffer.compare(content, right.get(path) ?? Buffer.of(0)) === 0);
}
