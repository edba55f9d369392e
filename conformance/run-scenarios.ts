import { randomBytes } from 'node:crypto';
import { deployApps, removeApps, type Apps } from './apps.js';
import { differencesOf, type Difference } from './compare.js';
import { maskFor } from './mask.js';
import type { OrgUnderTest } from './org-under-test.js';
import type { Fixtures, Scenario } from './scenario.js';

export type Result = {
  readonly scenario: Scenario;
  /** What each of the two orgs answered, masked. */
  readonly observed: readonly [left: unknown, right: unknown];
  readonly differences: readonly Difference[];
};

export type Run = {
  readonly results: readonly Result[];
  /** What could not be removed, by the org that still has it. */
  readonly left: readonly { readonly org: string; readonly components: readonly string[] }[];
};

/** Sends each scenario to both orgs at once and compares what they answer. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  orgs: readonly [OrgUnderTest, OrgUnderTest],
  onDone: (result: Result) => void = () => undefined,
): Promise<Run> {
  const runId = `r${randomBytes(4).toString('hex')}`;
  const sides = orgs.map((org) => new Side(org, runId));
  const results: Result[] = [];
  try {
    for (const scenario of scenarios) {
      const [left, right] = await Promise.all(sides.map((side) => side.observe(scenario)));
      const result: Result = { scenario, observed: [left, right], differences: judge(left, right) };
      results.push(result);
      onDone(result);
    }
  } finally {
    await Promise.all(sides.map((side) => side.clean()));
  }
  return { results, left: sides.flatMap((side) => side.left) };
}

/** A scenario that came to no end proves nothing, even where it did so in both orgs. */
function judge(left: unknown, right: unknown): readonly Difference[] {
  const hasFailed = [left, right].some((observed) => observed instanceof Failure);
  const differences = differencesOf(left, right);
  return hasFailed && differences.length === 0 ? [{ path: 'failed', left, right }] : differences;
}

/** Stands for an observation that was not made. */
class Failure {
  public constructor(public readonly failed: unknown) {}
}

/** One org during one run: what it was given, and how to take it back. */
class Side {
  public readonly left: { readonly org: string; readonly components: readonly string[] }[] = [];
  readonly #org: OrgUnderTest;
  readonly #mask: (value: unknown) => unknown;
  readonly #fixtures: Fixtures;
  #apps: Promise<Apps> | undefined;

  public constructor(org: OrgUnderTest, runId: string) {
    this.#org = org;
    this.#mask = maskFor(org);
    this.#fixtures = { runId, apps: () => (this.#apps ??= deployApps(org, runId)) };
  }

  /** What the org answers, masked; what went wrong on the way is an observation as well. */
  public async observe(scenario: Scenario): Promise<unknown> {
    try {
      // As a reader of JSON sees it: without members that have no value.
      const observed = JSON.stringify((await scenario.observe(this.#org, this.#fixtures)) ?? null);
      return this.#mask(JSON.parse(observed));
    } catch (error) {
      return new Failure(this.#mask(error instanceof Error ? error.message : String(error)));
    }
  }

  public async clean(): Promise<void> {
    if (!this.#apps) return;
    try {
      const components = await removeApps(this.#org, this.#fixtures.runId);
      if (components.length > 0) this.left.push({ org: this.#org.label, components });
    } catch {
      this.left.push({
        org: this.#org.label,
        components: [`everything whose name begins with JwtConf_${this.#fixtures.runId}`],
      });
    }
  }
}
