import type { ComponentRef } from '../artifacts/artifact.js';
import type { Connection } from '../config/connection.js';
import { toDraft } from '../config/saved-connection.js';
import type { ConnectionDraft } from '../config/draft.js';
import { shellQuoted } from '../shell-quoted.js';
import { componentKey, componentName, componentsOf } from './deploy-groups.js';
import { ownedIn, recordOf, type JournalState } from './journal-state.js';
import type { Observation } from './observation.js';
import type { StepKind } from './step.js';

/** What we made in an org, and the connection as it is now does not ask for. */
export function abandonedIn(connection: Connection, orgId: string, journal: JournalState): readonly ComponentRef[] {
  const wanted = (['server', 'client'] as const).flatMap((side) => componentsOf(connection, side)).map(componentKey);
  return ownedIn(journal, orgId)
    .map((owned) => ({ type: owned.replace(/:.*/, ''), fullName: owned.slice(owned.indexOf(':') + 1) }))
    .filter((component) => !wanted.includes(componentKey(component)));
}

/**
 * What stays in the orgs after names, client type or users have changed: sentences, with the command that removes it.
 *
 * @param stale files of the project that are about to be removed: whatever else has a file there is still deployed
 */
export function leftovers(
  connection: Connection,
  observation: Observation,
  stale: readonly string[],
): readonly string[] {
  const files = Object.keys(observation.files).filter((path) => !stale.includes(path));
  const hasFile = ({ fullName }: ComponentRef): boolean =>
    files.some((path) => path.toLowerCase().includes(`/${fullName.toLowerCase()}.`));
  const inOrgs = orgsOf(connection, observation).flatMap(({ org, abandoned }) => {
    const left = abandoned.filter((component) => !hasFile(component));
    return left.length === 0 ? [] : [inWords(org, left)];
  });
  return [...inOrgs, ...assignments(toDraft(connection), observation)];
}

type Org = { readonly org: string; readonly abandoned: readonly ComponentRef[] };

/** One that is on both sides is told once: what is abandoned there is so for both. */
function orgsOf(connection: Connection, observation: Observation): readonly Org[] {
  const { server, client } = connection;
  const isOne = observation.server !== undefined && observation.server.orgId === observation.client?.orgId;
  const seen = [
    ...(server.type === 'salesforce' ? [{ org: server.org, abandoned: observation.server?.abandoned ?? [] }] : []),
    ...(client.type === 'external' || isOne
      ? []
      : [{ org: client.org, abandoned: observation.client?.abandoned ?? [] }]),
  ];
  return [...seen, ...formerClientOrg(connection, observation)];
}

/** A client outside Salesforce has no org that could be asked any more: the journal tells what we made there. */
function formerClientOrg(connection: Connection, { savedDraft, journal, server }: Observation): readonly Org[] {
  const org = savedDraft?.client?.org;
  if (connection.client.type !== 'external' || savedDraft?.client?.type === 'external' || org === undefined) return [];
  const others = Object.keys(journal.owned).filter((orgId) => orgId !== server?.orgId);
  return [{ org, abandoned: others.flatMap((orgId) => abandonedIn(connection, orgId, journal)) }];
}

function inWords(org: string, components: readonly ComponentRef[]): string {
  const names = components.map((component) => ` --metadata ${shellQuoted(componentName(component))}`).join('');
  return `${org} keeps what this removes: sf project delete source --target-org ${shellQuoted(org)}${names}`;
}

/** Who got a permission set of ours that the connection as it was saved names, and the one as it is now does not. */
function assignments(
  connection: ConnectionDraft,
  { savedDraft, journal, server, client }: Observation,
): readonly string[] {
  const saved = savedDraft ?? {};
  return [
    ...keptAssignment(ofServer(saved), ofServer(connection), isDone(journal, 'assign-permission-set', server?.orgId)),
    ...keptAssignment(
      ofClient(saved),
      ofClient(connection),
      isDone(journal, 'assign-callout-permission-set', client?.orgId),
    ),
  ];
}

const ofServer = ({ server }: ConnectionDraft): Assignment => ({
  permissionSet: server?.app?.permissionSet,
  username: server?.username,
});

const ofClient = ({ client }: ConnectionDraft): Assignment => ({
  permissionSet: client?.permissionSet,
  username: client?.username,
});

const isDone = (journal: JournalState, step: StepKind, orgId: string | undefined): boolean =>
  orgId !== undefined && recordOf(journal, step, orgId)?.status === 'done';

type Assignment = { readonly permissionSet?: string | undefined; readonly username?: string | undefined };

function keptAssignment(saved: Assignment, now: Assignment, isOurs: boolean): readonly string[] {
  const isSame = (['permissionSet', 'username'] as const).every(
    (name) => saved[name]?.toLowerCase() === now[name]?.toLowerCase(),
  );
  if (!isOurs || isSame || saved.permissionSet === undefined) return [];
  const who = saved.username ?? 'whom the CLI was logged in as';
  return [
    `${who} keeps the permission set ${saved.permissionSet}: take it away in Setup > Permission Sets > Manage Assignments`,
  ];
}
