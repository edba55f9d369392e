import type { ComponentRef } from '../artifacts/artifact.js';
import type { Connection } from '../config/connection.js';
import {
  componentKey,
  componentName,
  componentsOfGroup,
  deployGroups,
  pathsOfGroup,
  type DeployGroup,
  type KnownFacts,
} from './deploy-groups.js';
import { describeComponents } from './describe.js';
import { editedPaths, withEdits } from './edits.js';
import { forecastOf } from './forecast.js';
import { digestFiles, wantedFiles, type WantedFile } from './wanted-files.js';
import { isOwned, isWritten, recordOf, wasWritten } from './journal-state.js';
import type { Observation, OrgObservation } from './observation.js';
import type { Conflict, Plan, Step } from './step.js';

/** What is compared for one group: the names are always known, the files only once all facts are. */
type GroupView = {
  readonly group: DeployGroup;
  readonly names: readonly ComponentRef[];
  readonly paths: readonly string[];
  /** Those with edits that stay. */
  readonly edited: readonly string[];
  readonly wanted: readonly WantedFile[] | undefined;
  readonly org: OrgObservation;
  readonly observation: Observation;
};

/** Decides for each group of artifacts whether it has to be deployed. */
export function planDeploys(connection: Connection, observation: Observation, facts: KnownFacts): Plan {
  const plans = deployGroups.flatMap((group) => {
    const org = group.side === 'server' ? observation.server : observation.client;
    const names = componentsOfGroup(group, connection);
    if (org === undefined || names.length === 0) return [];
    const artifacts = group.build(connection, facts);
    const wanted = artifacts && withEdits(wantedFiles(connection, artifacts), observation);
    const edited = editedPaths(forecastOf(group, connection, facts, observation), observation);
    const paths = pathsOfGroup(group, connection);
    return [planGroup({ group, names, paths, edited, wanted, org, observation })];
  });
  return { steps: plans.flatMap(({ steps }) => steps), conflicts: plans.flatMap(({ conflicts }) => conflicts) };
}

function planGroup(view: GroupView): Plan {
  const { group, names, edited } = view;
  const { action, reason } = judgeGroup(view);
  const step: Step = {
    ...{ kind: group.kind, place: group.side, subject: describeComponents(names), action },
    reason: [reason, ...(edited.length === 0 ? [] : [`with the edits of ${edited.map(fileName).join(', ')}`])].join(
      ', ',
    ),
  };
  return {
    steps: [step],
    conflicts: step.action === 'none' ? [] : [...foreignComponents(view), ...foreignFiles(view)],
  };
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

type Verdict = Pick<Step, 'action' | 'reason'>;

function judgeGroup(view: GroupView): Verdict {
  const there = view.names.filter((component) => isIn(view.org.existing, component));
  if (there.length === 0) return { action: 'create', reason: 'not in the org yet' };
  if (view.group.whenThere === 'keep') return { action: 'none', reason: 'in the org' };
  if (isOfOthers(there, view)) return { action: 'update', reason: ofOthers(view) };
  if (there.length < view.names.length) return { action: 'update', reason: 'parts of it are missing in the org' };
  return judgeContent(view);
}

/** Nothing of what is there came from a run of ours. */
function isOfOthers(there: readonly ComponentRef[], { group, org, observation: { journal } }: GroupView): boolean {
  const isBegun = recordOf(journal, group.kind, org.orgId)?.status === 'started';
  return !isBegun && there.every((component) => !isOwned(journal, org.orgId, componentName(component)));
}

/** Of a connection that is saved, another copy of the project may have deployed it. */
const ofOthers = ({ observation }: GroupView): string =>
  observation.savedDraft === undefined
    ? 'the org has one that this project did not make'
    : 'the org has one that was not deployed from here';

/** All components are there: is what was deployed what is wanted? */
function judgeContent({ group, wanted, org, observation: { files, journal } }: GroupView): Verdict {
  const record = recordOf(journal, group.kind, org.orgId);
  if (wanted === undefined) return { action: 'update', reason: 'depends on what an earlier step makes' };
  if (record?.status === 'started') return { action: 'update', reason: 'an earlier run did not see its end' };
  if (record?.digest !== digestFiles(wanted)) return { action: 'update', reason: 'differs from what was deployed' };
  if (journal.lastVerification?.verified === false) return { action: 'update', reason: 'the last verification failed' };
  return wanted.every(({ path, sha256 }) => files[path] === sha256)
    ? { action: 'none', reason: 'deployed as it is' }
    : { action: 'update', reason: 'files in the project are missing or differ' };
}

/** A component that is there although no run of ours made it belongs to somebody else. */
function foreignComponents({ group, names, org, observation: { journal } }: GroupView): readonly Conflict[] {
  return names
    .filter((component) => isIn(org.existing, component) && !isOwned(journal, org.orgId, componentName(component)))
    .map(({ type, fullName }) => ({ kind: 'component-not-ours', place: group.side, component: `${type} ${fullName}` }));
}

/** Also where the wanted content is not known yet: a file that is in the way is told before anything is done. */
function foreignFiles({ paths, edited, wanted, observation }: GroupView): readonly Conflict[] {
  const { files, journal, generated } = observation;
  return paths
    .filter((path) => {
      const onDisk = files[path];
      if (onDisk === undefined || generated.includes(path) || edited.includes(path)) return false;
      const isWanted = wanted?.some((file) => file.path === path && file.sha256 === onDisk) ?? false;
      return !isWanted && !isWritten(journal, path, onDisk);
    })
    .map((path) => ({ kind: wasWritten(journal, path) ? 'file-edited' : 'file-not-ours', path }));
}

const isIn = (components: readonly ComponentRef[], wanted: ComponentRef): boolean =>
  components.some((component) => componentKey(component) === componentKey(wanted));
