import { StandardColors } from '@salesforce/sf-plugins-core';
import type { Check, CheckStatus } from '../verify/check.js';

/** Each mark says by itself what its colour says. */
const marks: Readonly<Record<CheckStatus, () => string>> = {
  passed: () => StandardColors.success('✓'),
  warning: () => StandardColors.warning('!'),
  failed: () => StandardColors.error('✗'),
  skipped: () => '-',
};

/** One aligned line a check: mark, name, what was seen; below it what to do, where something is to be done. */
export function checkLines(checks: readonly Check[]): readonly string[] {
  const width = Math.max(0, ...checks.map(({ name }) => name.length));
  const indent = ' '.repeat(width + 6);
  return checks.flatMap(({ name, status, detail, actions = [] }) => [
    `  ${marks[status]()} ${name.padEnd(width)}  ${detail}`,
    ...actions.map((action) => `${indent}→ ${action}`),
  ]);
}
