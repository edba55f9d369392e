import type { ComponentRef, Side } from '../artifacts/artifact.js';
import type { Connection, SalesforceConnection } from '../config/connection.js';
import { consumerKeyHolder } from '../artifacts/build.js';
import { JwtError } from '../errors.js';
import type { OrgGateway } from '../org/gateway.js';
import { componentKey } from '../plan/deploy-groups.js';
import { hasCertificate } from '../plan/edits.js';
import type { JournalState } from '../plan/journal-state.js';
import type { WantedFile } from '../plan/wanted-files.js';
import { findInTheWay } from './component-forms.js';
import { conflictOf, refusalOfConflicts } from './conflicts.js';
import type { GroupFiles } from './deploy-job.js';
import { differencesInOrg } from './differences.js';

/** What is about to be deployed to one org, and what that org has of it. */
export type Deployment = {
  readonly connection: Connection;
  readonly org: OrgGateway;
  readonly groups: readonly GroupFiles[];
  readonly existing: readonly ComponentRef[];
  readonly side: Side;
  /** Its source folder, relative to the project. */
  readonly root: string;
};

/**
 * Looks at all that the files hold, also at what somebody added to them.
 *
 * @throws JwtError with the differences: `notOurs` where the org has components of these names that we did not deploy and
 * that are not the same, `changedInOrg` where somebody changed there what we deployed, `severalInTheWay` for both
 */
export async function refuseOthers(
  { connection, org, groups, root, side }: Deployment,
  journal: JournalState,
): Promise<void> {
  const wanted = groups.flatMap((group) => group.files);
  const there = await org.existing(groups.flatMap(({ components }) => components));
  // Only connections of the connection file are deployed.
  const { foreign, changed } = await findInTheWay(there, { connection, org, journal, wanted, root, isSaved: true });
  const inTheWay = [...foreign, ...changed];
  if (inTheWay.length === 0) return;
  const conflicts = inTheWay.map((component) =>
    conflictOf(foreign.includes(component) ? 'component-not-ours' : 'component-changed', side, component),
  );
  throw refusalOfConflicts(connection, conflicts, await differencesInOrg(org, inTheWay, wanted, root));
}

/**
 * An app that is there lets only assigned users in once its policy is deployed: the user must be one of them before.
 *
 * @throws JwtError `userWouldBeLockedOut`
 */
export async function refuseLockOut(
  { name, server: { app, username, org: orgName } }: SalesforceConnection,
  { existing, org }: Deployment,
): Promise<void> {
  if (!existing.some(({ type }) => type !== 'PermissionSet')) return;
  const user = await org.findUser(username);
  if (user && (await org.hasPermissionSet(user.id, app.permissionSet))) return;
  throw new JwtError('userWouldBeLockedOut', [username, app.permissionSet, orgName, name]);
}

/**
 * Deploys are declarative: one of an app's settings without a certificate takes away the certificate that the org has, which
 * then answers `invalid assertion` (seen with External Client Apps; the certificate cannot be read back).
 *
 * @throws JwtError `appCertificateMissing`
 */
export function refuseLostCertificate(
  { name, server: { app } }: SalesforceConnection,
  { existing, groups }: Deployment,
): void {
  const holder = consumerKeyHolder(app);
  if (!existing.some((component) => isSame(component, holder))) return;
  const files = groups.flatMap((group) => group.files);
  const bare = files.find((file) => holdsSettings(file, holder.fullName) && !hasCertificate(file.content));
  if (bare) throw new JwtError('appCertificateMissing', [bare.path, app.name, name], { data: { file: bare.path } });
}

/** The file that carries the certificate of an app: as it is, or without it. */
const holdsSettings = ({ path }: WantedFile, app: string): boolean =>
  ['ecaGlblOauth', 'connectedApp'].some((suffix) =>
    path.toLowerCase().endsWith(`/${app}.${suffix}-meta.xml`.toLowerCase()),
  );

export const isSame = (one: ComponentRef, other: ComponentRef): boolean => componentKey(one) === componentKey(other);
