import type { LocalOrg } from '../../model.js';
import type { DeployContext } from '../components/handler.js';
import { handlerOf } from '../components/handlers.js';
import type { Deletion } from '../package/read-packages.js';
import type { Messages } from './messages.js';
import type { ComponentMessage } from './problem.js';
import { componentKey, createJudge } from './save-components.js';

export type JudgedDeletions = {
  readonly failures: readonly ComponentMessage[];
  /** Those that are not to be made. */
  readonly refused: ReadonlySet<Deletion>;
};

/**
 * Refuses deletions of what is in use: by what the org has, of deletions that come before the other changes, and by what it
 * will have, of those behind them. What the same list deletes uses nothing. A deletion of what is not there is a warning, which
 * fails a deploy as an error does unless warnings are ignored (Metadata API Developer Guide, DeployOptions).
 *
 * @param context Of a judge that has judged all components
 */
export function judgeDeletions(
  org: LocalOrg,
  deletions: readonly Deletion[],
  context: DeployContext,
  { messages, ignoreWarnings }: { readonly messages: Messages; readonly ignoreWarnings: boolean },
): JudgedDeletions {
  const now = createJudge(org, new Map()).context;
  const states = { before: now, after: context };
  const failures: ComponentMessage[] = [];
  const refused = new Set<Deletion>();
  const gone = { before: keysOf(deletions, 'before'), after: keysOf(deletions, 'after') };
  for (const deletion of deletions) {
    const { type, fullName, when } = deletion;
    const all: DeployContext['all'] = (name) =>
      states[when].all(name).filter((one) => !gone[when].has(componentKey(name, one.fullName)));
    const stored = states[when].find(type, fullName);
    const problem = stored && handlerOf(type).inUse?.(stored.fullName, all);
    if (problem !== undefined) failures.push(messages.failure(deletion, problem));
    else if (!stored && !ignoreWarnings) failures.push({ ...messages.nothingToDelete(deletion), success: false });
    else continue;
    refused.add(deletion);
  }
  return { failures, refused };
}

function keysOf(deletions: readonly Deletion[], when: Deletion['when']): ReadonlySet<string> {
  const together = deletions.filter((deletion) => deletion.when === when);
  return new Set(together.map(({ type, fullName }) => componentKey(type, fullName)));
}
