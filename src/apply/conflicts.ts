import type { ComponentRef, Side } from '../artifacts/artifact.js';
import type { Connection } from '../config/connection.js';
import { JwtError, type ErrorKey } from '../errors.js';
import { componentKey, componentsOfGroup, deployGroups, type KnownFacts } from '../plan/deploy-groups.js';
import { withPlaceholders } from '../plan/generated-files.js';
import type { Observation } from '../plan/observation.js';
import { describeConflict, isChange, nameConflict, type Conflict, type Plan } from '../plan/step.js';
import { sourceRoot } from '../plan/wanted-files.js';
import { findInTheWay } from './component-forms.js';
import { wantedOf } from './differences.js';
import { gatewayOf, type Gateways } from './observe.js';
import { renamingFlags } from './renaming-flags.js';
import { shownDifferences, type Difference } from './unified-diff.js';

type Where = { readonly connection: Connection; readonly orgs: Gateways };

/**
 * A plan with what the orgs say of it: what somebody changed there since we deployed it is in the way, and what another
 * clone of the project deployed just as it is wanted is not. Reads the orgs where a deploy is planned to which that matters,
 * and changes nothing.
 */
export async function judgeInOrgs(
  plan: Plan,
  { connection, orgs }: Where,
  { observation, facts }: { readonly observation: Observation; readonly facts: KnownFacts },
): Promise<Plan> {
  const wanted = wantedOf(connection, withPlaceholders(facts), observation);
  const sides = (['server', 'client'] as const).filter((side) => orgs[side] !== undefined);
  const inOrgs = sides.map(async (side): Promise<readonly Conflict[]> => {
    const there = deployedAnew(plan, connection, side).filter((component) => isThere(observation[side], component));
    const root = sourceRoot(connection.name, side);
    const isSaved = observation.savedDraft !== undefined;
    const org = gatewayOf(side, orgs);
    const { journal } = observation;
    const { foreign, changed } = await findInTheWay(there, { connection, org, journal, wanted, root, isSaved });
    return [
      ...foreign.map((component) => conflictOf('component-not-ours', side, component)),
      ...changed.map((component) => conflictOf('component-changed', side, component)),
    ];
  });
  const ofFiles = plan.conflicts.filter((conflict) => 'path' in conflict);
  return { ...plan, conflicts: [...(await Promise.all(inOrgs)).flat(), ...ofFiles] };
}

const deployedAnew = (plan: Plan, connection: Connection, side: Side): readonly ComponentRef[] =>
  deployGroups
    .filter((group) => group.side === side && plan.steps.some((step) => step.kind === group.kind && isChange(step)))
    .flatMap((group) => componentsOfGroup(group, connection));

const isThere = (seen: Observation[Side], component: ComponentRef): boolean =>
  seen?.existing.some((other) => componentKey(other) === componentKey(component)) ?? false;

/** A component of one side's org that is in the way. */
export const conflictOf = (
  kind: 'component-not-ours' | 'component-changed',
  place: Side,
  { type, fullName }: ComponentRef,
): Conflict => ({ kind, place, component: `${type} ${fullName}` });

const keys: Readonly<Record<Conflict['kind'], ErrorKey>> = {
  'component-not-ours': 'notOurs',
  'file-not-ours': 'notOurs',
  'component-changed': 'changedInOrg',
  'file-edited': 'editedByHand',
};

/** The error for what is in the way, with the differences: one of its own for each reason, and one for several. */
export function refusalOfConflicts(
  connection: Connection,
  conflicts: readonly Conflict[],
  differences: readonly Difference[],
): JwtError {
  const reasons = new Set(conflicts.map(({ kind }) => keys[kind]));
  const [reason = 'notOurs'] = reasons;
  const options = { data: { conflicts, differences } };
  const shown = shownDifferences(differences);
  const { name } = connection;
  const names = otherNames(connection, conflicts);
  if (reasons.size > 1) {
    return new JwtError('severalInTheWay', [conflicts.map(describeConflict).join(', '), shown, name, names], options);
  }
  const what = [conflicts.map(nameConflict).join(', '), shown];
  return new JwtError(reason, [...what, reason === 'notOurs' ? names : name], options);
}

/** Of what others made: what somebody changed of ours keeps its name. */
function otherNames(connection: Connection, conflicts: readonly Conflict[]): string {
  const flags = renamingFlags(
    connection,
    conflicts.filter(({ kind }) => keys[kind] === 'notOurs'),
  );
  return flags.length === 0 ? '' : `, with ${flags.join(' and ')}`;
}
