import { StandardColors } from '@salesforce/sf-plugins-core';
import type { Check, CheckName, CheckStatus } from '../verify/check.js';
import type { Verification } from '../verify/verification-result.js';

/** Each mark says by itself what its colour says. */
const marks: Readonly<Record<CheckStatus, () => string>> = {
  passed: () => StandardColors.success('✓'),
  warning: () => StandardColors.warning('!'),
  failed: () => StandardColors.error('✗'),
  skipped: () => '-',
};

/** Where less is left beside the names of the checks, lines are better broken by the terminal. */
const minimumWidth = 40;

/**
 * The checks for a terminal: mark, name, what was seen; below it what to do, where something is to be done.
 *
 * @param columns width of the terminal; nothing is broken without one. Next steps never are: they hold commands to copy.
 */
export function checkLines(
  checks: readonly Check[],
  columns = process.stdout.isTTY ? process.stdout.columns : undefined,
): readonly string[] {
  const width = Math.max(0, ...checks.map(({ name }) => name.length));
  const indent = ' '.repeat(width + 6);
  return checks.flatMap(({ name, status, detail, actions = [] }) => {
    const [first = '', ...more] = broken(detail, columns === undefined ? Infinity : columns - indent.length);
    return [
      `  ${marks[status]()} ${name.padEnd(width)}  ${first}`,
      ...more.map((line) => indent + line),
      ...actions.map((action) => `${indent}→ ${action}`),
    ];
  });
}

function broken(text: string, width: number): readonly string[] {
  if (width < minimumWidth || text.length <= width) return [text];
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    const longer = line === undefined ? word : `${line} ${word}`;
    if (line !== undefined && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * What a verification comes to, as a key of the messages of `jwt verify`. Nothing is known of the API of a server that is no
 * org, so that a token for it may be all that was tried.
 */
export function conclusionOf({
  verified,
  checks,
}: Pick<Verification, 'verified' | 'checks'>): 'verified' | 'verifiedToken' | 'notVerified' {
  if (!verified) return 'notVerified';
  const uses: readonly CheckName[] = ['token-works', 'client-org-call'];
  return checks.some(({ name, status }) => uses.includes(name) && status === 'passed') ? 'verified' : 'verifiedToken';
}
