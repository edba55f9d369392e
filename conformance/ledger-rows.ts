import type { Behaviour } from '../src/local-org/evidence/behaviour.js';
import { ledger } from '../src/local-org/evidence/ledger.js';
import type { Scenario } from './scenario.js';

const behaviours: readonly Behaviour[] = ledger.flatMap((area) => area.behaviours);

/** Rows of the ledger that a probe is a part of: of what they do, or of a text of theirs. */
export function rowsOf(probe: string): readonly Behaviour[] {
  return behaviours.filter(({ does, says = [] }) => [does, ...says].some((text) => text.includes(probe)));
}

/** Grades of what a scenario probes, each once. */
export function gradesOf({ probes }: Scenario): readonly string[] {
  return [...new Set(probes.flatMap(rowsOf).map(({ grade }) => grade))];
}
