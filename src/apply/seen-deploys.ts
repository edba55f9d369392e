import type { OrgGateway } from '../org/gateway.js';
import { isOwned, pendingIn, withOwned, type JournalState } from '../plan/journal-state.js';

/**
 * The journal, with what became ours in deploys whose end nobody saw: the org is asked how they ended. What such a deploy
 * claimed is ours where the org took it or is still at it; where it was refused, somebody else may have made a component of
 * that name since.
 */
export async function withSeenDeploys(journal: JournalState, org: OrgGateway): Promise<JournalState> {
  const { orgId } = org.identity;
  let seen = journal;
  for (const [resumeId, claims] of pendingIn(journal, orgId)) {
    if (claims.every((component) => isOwned(seen, orgId, component))) continue;
    const { success, unfinished } = await org.deploy({ paths: [], apiVersion: '', resumeId, isAsync: true });
    if (success || unfinished === 'started') seen = withOwned(seen, orgId, claims);
  }
  return seen;
}
