import { gradesOf } from './ledger-rows.js';
import type { Run } from './run-scenarios.js';
import type { Scenario } from './scenario.js';

export type Names = { readonly left: string; readonly right: string };

/** A table of all differences, for a person. */
export function renderTable({ results, left }: Run, names: Names): string {
  const rows = results.flatMap(({ scenario, differences }) =>
    differences.map((difference) => [
      scenario.name,
      difference.path,
      cell(difference.left),
      cell(difference.right),
      gradesOf(scenario).join(', '),
    ]),
  );
  const count = results.filter(({ differences }) => differences.length > 0).length;
  const asked = results.length === 1 ? '1 scenario' : `${results.length} scenarios`;
  const summary = `${asked}, ${count} with differences between ${names.left} and ${names.right}.`;
  const remains = left.map(({ org, components }) => `Remove by hand from ${org}: ${components.join(', ')}`);
  const parts = rows.length > 0 ? [table(['scenario', 'where', names.left, names.right, 'ledger'], rows)] : [];
  return [...parts, ...remains, summary].join('\n\n');
}

/** The same for a program. */
export function renderJson({ results, left }: Run, names: Names): string {
  const scenarios = results.map(({ scenario, observed: [leftSide, rightSide], differences }) => ({
    name: scenario.name,
    effect: scenario.effect,
    probes: scenario.probes,
    grades: gradesOf(scenario),
    observed: { left: leftSide, right: rightSide },
    differences,
  }));
  return JSON.stringify({ ...names, scenarios, left }, undefined, 2);
}

/** What `--list` prints. */
export function renderList(scenarios: readonly Scenario[]): string {
  const rows = scenarios.map((scenario) => [scenario.name, scenario.effect, gradesOf(scenario).join(', ')]);
  return table(['scenario', 'effect', 'ledger'], rows);
}

const longest = 120;

function cell(value: unknown): string {
  const text = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
