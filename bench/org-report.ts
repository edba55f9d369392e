/** One figure of the benchmark; without a target it is for information. */
export type Row = {
  readonly name: string;
  readonly unit: 'ms' | 'a second' | 'MB';
  readonly best: number;
  readonly median: number;
  /** The best round is held to it: at most so many milliseconds or megabytes, at least so many a second. */
  readonly target?: number;
  readonly details?: string;
};

/** Whether a row is as good as it is meant to be; undefined where nothing is meant. */
export function meetsTarget({ unit, best, target }: Row): boolean | undefined {
  if (target === undefined) return undefined;
  return unit === 'a second' ? best >= target : best <= target;
}

/** A table for people, in Markdown, so that it can be pasted. */
export function report(machine: string, rounds: number, rows: readonly Row[]): string {
  return [
    `${machine}; ${rounds} rounds. The best round is held to the target: the machine may have other things to do.`,
    '',
    '| | target | best | median | |',
    '|---|---:|---:|---:|---|',
    ...rows.map(line),
    '',
    ...rows.flatMap(({ name, details }) => (details === undefined ? [] : [`${name}: ${details}`])),
  ].join('\n');
}

function line(row: Row): string {
  const { name, unit, target } = row;
  const bound = unit === 'a second' ? 'at least' : 'at most';
  const verdict = { true: 'met', false: 'missed', undefined: 'no target' }[String(meetsTarget(row))] ?? '';
  const wanted = target === undefined ? '' : `${bound} ${target} ${unit}`;
  return `| ${name} | ${wanted} | ${figure(row.best)} ${unit} | ${figure(row.median)} ${unit} | ${verdict} |`;
}

function figure(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
