import type { LocalOrg } from '../../model.js';
import type { DeployContext } from '../components/handler.js';
import { handlerOf } from '../components/handlers.js';
import type { Deletion } from '../package/read-packages.js';
import type { Messages } from './messages.js';
import type { ComponentMessage } from './problem.js';
import { componentKey, createJudge } from './save-components.js';

/**
 * Refuses deletions of what is in use: by what the org has, of deletions that come before the other changes, and by what it
 * will have, of those behind them. What the same list deletes uses nothing.
 *
 * @param context Of a judge that has judged all components
 */
export function judgeDeletions(
  org: LocalOrg,
  deletions: readonly Deletion[],
  context: DeployContext,
  messages: Messages,
): readonly ComponentMessage[] {
  const allOf = {
    before: createJudge(org, new Map()).context.all,
    after: context.all,
  };
  return deletions.flatMap((deletion) => {
    const gone = new Set(
      deletions.filter(({ when }) => when === deletion.when).map(({ type, fullName }) => componentKey(type, fullName)),
    );
    const all: DeployContext['all'] = (type) =>
      allOf[deletion.when](type).filter(({ fullName }) => !gone.has(componentKey(type, fullName)));
    const stored = org.components.get(deletion.type, deletion.fullName);
    const problem = stored && handlerOf(deletion.type).inUse?.(stored.fullName, all);
    return problem === undefined ? [] : [messages.failure(deletion, problem)];
  });
}
