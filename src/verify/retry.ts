/** Pauses between attempts, in seconds; the last one repeats. Long enough to stay far below Salesforce's login limit. */
const pausesSeconds = [5, 10, 15, 20, 30];

export type RetryDeps = {
  readonly now: () => Date;
  /** Resolves after this many seconds. */
  readonly sleep: (seconds: number) => Promise<void>;
};

export type RetryPlan<T> = {
  /** How long to go on, counted from the first attempt. */
  readonly deadlineSeconds: number;
  readonly attempt: () => Promise<T>;
  /** Why another attempt may do better, or undefined where it cannot; `attempts` is how many were made. */
  readonly waitFor: (result: T, attempts: number) => string | undefined;
  readonly onWaiting: OnWaiting;
};

export type OnWaiting = (reason: string, nextAttemptSeconds: number, remainingSeconds: number) => void;

export type Retried<T> = {
  readonly result: T;
  readonly attempts: number;
  readonly waitedSeconds: number;
};

/** Repeats an attempt while waiting may help and the deadline is ahead; the last attempt is made right at the deadline. */
export async function retry<T>(plan: RetryPlan<T>, { now, sleep }: RetryDeps): Promise<Retried<T>> {
  const startedAt = now().getTime();
  let sleptSeconds = 0;
  for (let attempts = 1; ; attempts += 1) {
    const result = await plan.attempt();
    // A clock that stands still or jumps back must not make this endless.
    const waitedSeconds = Math.max(sleptSeconds, Math.round((now().getTime() - startedAt) / 1000));
    const remainingSeconds = plan.deadlineSeconds - waitedSeconds;
    const reason = plan.waitFor(result, attempts);
    if (reason === undefined || remainingSeconds <= 0) return { result, attempts, waitedSeconds };
    const pauseSeconds = Math.min(pausesSeconds[attempts - 1] ?? 30, remainingSeconds);
    plan.onWaiting(reason, pauseSeconds, remainingSeconds);
    await sleep(pauseSeconds);
    sleptSeconds += pauseSeconds;
  }
}

/** A span of time in words, rounded to what matters: `40 seconds`, `2 minutes`. */
export function inWords(seconds: number): string {
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.round(seconds / 60)} minutes`;
}
