import type { Apps } from './apps.js';
import type { OrgUnderTest } from './org-under-test.js';

/**
 * What a scenario does to an org: it reads; it sends what the org judges and does not keep (a deploy that is checked only, a
 * record that is refused); or it makes things of names of its own, and removes them.
 */
export type Effect = 'reads' | 'validates' | 'changes';

/** What scenarios share, made when the first of them asks for it. */
export type Fixtures = {
  /** Part of every name that this run makes. */
  readonly runId: string;
  apps(): Promise<Apps>;
};

/** One thing to ask of an org. */
export type Scenario = {
  readonly name: string;
  readonly effect: Effect;
  /** Rows of the evidence ledger: each is a part of what just one of them does or says. */
  readonly probes: readonly string[];
  /** Asks, and returns what there is to compare: JSON, without secrets. */
  readonly observe: (org: OrgUnderTest, fixtures: Fixtures) => Promise<unknown>;
};
