/** Why something went wrong and what to do about it. */
export type Advice = {
  /** Reads on after a colon: no capital at its start, no full stop at its end. */
  readonly cause: string;
  /** Next steps; each is a sentence that starts with a verb. */
  readonly actions: readonly string[];
};
