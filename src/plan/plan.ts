import type { Connection } from '../config/connection.js';
import { impliesConnection } from '../config/saved-connection.js';
import { planAssignments } from './plan-assignments.js';
import { planImport } from './plan-import.js';
import { hasApp, planKey } from './plan-key.js';
import { planRemoval } from './stale-files.js';
import { planDeploys } from './plan-deploys.js';
import type { KnownFacts } from './deploy-groups.js';
import type { Observation } from './observation.js';
import { stepOrder, type Plan, type Step } from './step.js';

export type PlanOptions = {
  /** Whether the connection is to stand in the connection file afterwards; not for a trial on local orgs. */
  readonly savesConnection: boolean;
};

/**
 * Compares what is wanted with what is there. Pure: nothing is read or changed here. A step whose action is `none` is
 * kept in the plan, so that a reader sees that it was looked at.
 *
 * @throws JwtError `keyDiffers` where another key is asked for than the one that is there
 */
export function planSetup(connection: Connection, observation: Observation, options: PlanOptions): Plan {
  const deploys = planDeploys(connection, observation, knownFacts(connection, observation));
  const steps = [
    ...(options.savesConnection ? [planSaving(connection, observation)] : []),
    ...planKey(connection, observation),
    ...deploys.steps,
    ...planAssignments(connection, observation),
    ...planImport(connection, observation),
    ...planRemoval(connection, observation),
  ];
  const order = stepOrder(hasApp(connection, observation));
  steps.sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  return { steps, conflicts: deploys.conflicts };
}

/** The facts that are known before anything is done. */
export function knownFacts(connection: Connection, { key, client, server }: Observation): KnownFacts {
  const ownPem = key.state === 'present' ? key.certificatePem : undefined;
  return {
    certificatePem: connection.certificate.source === 'platform' ? client?.certificatePem : ownPem,
    consumerKey: server?.consumerKey,
    instanceUrl: server?.instanceUrl,
  };
}

function planSaving(connection: Connection, { savedDraft }: Observation): Step {
  const step = { kind: 'save-connection', place: 'local', subject: `Connection ${connection.name}` } as const;
  if (savedDraft === undefined) return { ...step, action: 'create', reason: 'not in the connection file yet' };
  return impliesConnection(savedDraft, connection)
    ? { ...step, action: 'none', reason: 'in the connection file' }
    : { ...step, action: 'update', reason: 'the connection file says something else' };
}
