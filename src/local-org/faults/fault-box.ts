import { fittingOperations, limits, type FaultRule } from './fault-rule.js';
import type { Operation } from './operations.js';

/** A request as rules see it. */
export type FaultTarget = {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation | undefined;
};

/** A rule at work. */
export type ArmedRule = FaultRule & {
  readonly id: number;
  /** Requests that fitted it so far, those that went through and those that were hit. */
  readonly seen: number;
  /** Requests that it hit so far. */
  readonly hit: number;
};

/** The fault rules of one org, in the order in which they were added. They are forgotten when the org ends. */
export type FaultBox = {
  /** Whether any rule may still hit something. */
  isArmed(): boolean;
  /** Counts a request, and gives the rule that hits it. */
  take(target: FaultTarget): FaultRule | undefined;
  list(): readonly ArmedRule[];
  /** Adds rules and returns them with their ids, or none and undefined where there would be too many. */
  add(rules: readonly FaultRule[]): readonly ArmedRule[] | undefined;
  /** Whether there was one with this id. */
  remove(id: number): boolean;
  clear(): void;
};

/** A box with these rules in it. */
export function createFaultBox(rules: readonly FaultRule[] = []): FaultBox {
  const armed: ArmedRule[] = [];
  let lastId = 0;
  const box: FaultBox = {
    isArmed: () => armed.some(isUnspent),
    take(target) {
      for (const [index, rule] of armed.entries()) {
        if (!isUnspent(rule) || !fits(rule, target)) continue;
        const isHit = rule.seen >= rule.after;
        armed[index] = { ...rule, seen: rule.seen + 1, hit: rule.hit + Number(isHit) };
        if (isHit) return rule;
      }
      return undefined;
    },
    list: () => [...armed],
    add(added) {
      // Those that are spent make room; until then they stay, so that a test can see what they hit.
      if (armed.length + added.length > limits.rules) armed.splice(0, armed.length, ...armed.filter(isUnspent));
      if (armed.length + added.length > limits.rules) return undefined;
      const news = added.map((rule) => ({ ...rule, id: (lastId += 1), seen: 0, hit: 0 }));
      armed.push(...news);
      return news;
    },
    remove(id) {
      const index = armed.findIndex((rule) => rule.id === id);
      if (index !== -1) armed.splice(index, 1);
      return index !== -1;
    },
    clear: () => void armed.splice(0),
  };
  box.add(rules);
  return box;
}

function isUnspent({ hit, times }: ArmedRule): boolean {
  return hit < times;
}

const ownPath = '/_local';

/** Where rules are made: out of reach of all of them. */
const controlPath = '/_local/faults';

function fits(rule: FaultRule, { method, path, operation }: FaultTarget): boolean {
  if (path.startsWith(controlPath)) return false;
  if (rule.method !== undefined && rule.method !== method) return false;
  if (rule.operation !== undefined) return rule.operation === operation && startsLike(rule, path);
  const fitting = fittingOperations[rule.fault];
  if (fitting && (operation === undefined || !fitting.includes(operation))) return false;
  // What an org does not have, like the way in which clients tell a local one, goes on unless it is named.
  if (rule.path === undefined) return !path.startsWith(ownPath);
  return startsLike(rule, path);
}

function startsLike({ path: start }: FaultRule, path: string): boolean {
  return start === undefined || path.startsWith(start);
}
