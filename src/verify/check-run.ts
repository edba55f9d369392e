import type { Check, CheckName } from './check.js';
import { skipped, type Finding, type Seen } from './finding.js';

/** What a person can be shown while checks run. */
export type VerifyProgress =
  | { readonly kind: 'started'; readonly name: CheckName }
  | {
      readonly kind: 'waiting';
      readonly name: CheckName;
      /** What the org said, and why waiting may help. */
      readonly detail: string;
      readonly nextAttemptSeconds: number;
      readonly remainingSeconds: number;
    }
  | { readonly kind: 'finished'; readonly check: Check };

export type OnProgress = (event: VerifyProgress) => void;

/** The way to a check: open with what the earlier ones found, or blocked by one of them. */
export type Stage<T> =
  { readonly kind: 'open'; readonly value: T } | { readonly kind: 'blocked'; readonly reason: string };

export const open = <T>(value: T): Stage<T> => ({ kind: 'open', value });

/** Open when both are. */
export function both<A, B>(one: Stage<A>, other: Stage<B>): Stage<readonly [A, B]> {
  if (one.kind === 'blocked') return one;
  return other.kind === 'blocked' ? other : open([one.value, other.value]);
}

export type CheckRun = {
  /** Runs one check, or skips it when the way to it is blocked, and says whether the way goes on. */
  readonly step: <In, Out>(
    name: CheckName,
    stage: Stage<In>,
    look: (value: In) => Seen<Out> | Promise<Seen<Out>>,
  ) => Promise<Stage<Out>>;
  readonly checks: () => readonly Check[];
};

/** Runs checks one after the other and keeps what they found. */
export function startRun(onProgress: OnProgress): CheckRun {
  const checks: Check[] = [];
  const finish = (name: CheckName, finding: Finding): void => {
    const check = { name, ...finding };
    checks.push(check);
    onProgress({ kind: 'finished', check });
  };
  return {
    checks: () => [...checks],
    step: async (name, stage, look) => {
      if (stage.kind === 'blocked') {
        finish(name, skipped(`Skipped: ${stage.reason}.`));
        return stage;
      }
      onProgress({ kind: 'started', name });
      const { finding, value } = await look(stage.value);
      finish(name, finding);
      return value === undefined ? { kind: 'blocked', reason: `${name} ${ending[finding.status]}` } : open(value);
    },
  };
}

const ending = {
  passed: 'gave no result',
  warning: 'gave no result',
  failed: 'failed',
  skipped: 'was skipped',
} as const;
