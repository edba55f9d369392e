import type { LocalOrg, OrgKeyPair, StoredComponent } from '../../model.js';
import { nameKey } from '../../store/names.js';
import type { DeployContext } from '../components/handler.js';
import { asKept } from '../components/as-kept.js';
import { handlerOf } from '../components/handlers.js';
import { openStored, toFiles, type Candidate } from '../package/candidate.js';
import type { Problem } from './problem.js';

/** What became, or would become, of one component. */
export type Saved =
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'created' | 'changed' | 'unchanged'; readonly candidate: Candidate };

/** Judges components one after the other; each is judged with those before it in mind. Changes nothing. */
export type Judge = { readonly judge: (candidate: Candidate) => Saved; readonly context: DeployContext };

/** @param removed Components that the same deploy removes first, as {@link componentKey} has them */
export function createJudge(
  org: LocalOrg,
  newKeyPairs: ReadonlyMap<string, OrgKeyPair>,
  removed: ReadonlySet<string> = new Set(),
): Judge {
  const accepted = new Map<string, Candidate>();
  const refused = new Set<string>();
  const isRemoved: DeployContext['isRemoved'] = (type, fullName) => removed.has(componentKey(type, fullName));
  const stored = (type: string, fullName: string): StoredComponent | undefined =>
    isRemoved(type, fullName) ? undefined : org.components.get(type, fullName);
  const find: DeployContext['find'] = (type, fullName) => {
    const before = stored(type, fullName);
    return accepted.get(componentKey(type, fullName)) ?? (before && openStored(before));
  };
  const all: DeployContext['all'] = (type) => {
    const names = org.components.all(type).map(({ fullName }) => nameKey(fullName));
    const added = [...accepted.values()].filter((candidate) => candidate.type.name === type);
    const all = new Set([...names, ...added.map(({ fullName }) => nameKey(fullName))]);
    return [...all].flatMap((name) => find(type, name) ?? []);
  };
  const isRefused: DeployContext['isRefused'] = (type, fullName) => refused.has(componentKey(type, fullName));
  const context: DeployContext = { org, find, all, isRefused, isRemoved, newKeyPairs };

  return {
    context,
    judge(candidate) {
      const { type, fullName } = candidate;
      const { check, complete } = handlerOf(type.name);
      const problems = check?.(candidate, context) ?? [];
      if (problems.length > 0) {
        refused.add(componentKey(type.name, fullName));
        return { kind: 'refused', problems };
      }
      const kept = { ...candidate, fullName: keptName(candidate, find) };
      const completed = asKept(complete?.(kept, context) ?? kept);
      const before = stored(type.name, fullName);
      accepted.set(componentKey(type.name, fullName), completed);
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
  handlerOf(type).remove?.(stored.fullName, org);
  org.components.delete(type, fullName);
  return stored.id;
}

/** What a component is looked up by. */
export function componentKey(type: string, fullName: string): string {
  return `${type}:${nameKey(fullName)}`;
}

/** A name as the org spells it: a redeploy does not change that. Assumption, except that both are one component. */
function keptName({ type, fullName }: Candidate, find: DeployContext['find']): string {
  const known = find(type.name, fullName)?.fullName;
  if (known !== undefined) return known;
  const [parent = '', child] = fullName.split('.');
  if (child === undefined) return fullName;
  const suffix = type.names === 'custom-metadata' ? '__mdt' : '';
  const object = find('CustomObject', parent + suffix)?.fullName ?? parent + suffix;
  return `${object.slice(0, object.length - suffix.length)}.${child}`;
}

function isSame(left: ReadonlyMap<string, Uint8Array>, right: ReadonlyMap<string, Uint8Array>): boolean {
  if (left.size !== right.size) return false;
  return [...left].every(([path, content]) => Buffer.compare(content, right.get(path) ?? Buffer.of(0)) === 0);
}
