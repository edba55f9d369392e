import { rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { saveConnection } from '../config/connection-file.js';
import { toDraft } from '../config/saved-connection.js';
import type { DeployStepKind, KnownFacts } from '../plan/deploy-groups.js';
import { isChange, type Plan, type Step, type StepKind } from '../plan/step.js';
import { sourceRoot } from '../plan/wanted-files.js';
import { filesInOldCase, staleFiles } from '../plan/stale-files.js';
import type { ApplyContext } from './context.js';
import { applyDeploy } from './apply-deploy.js';
import { adoptKey, createKey } from './apply-key.js';
import { assignCalloutPermissionSet, assignPermissionSet } from './assignments.js';
import { contentsBelow, digestsOf } from './connection-files.js';
import { disableIdentityProvider, enableIdentityProvider } from './identity-provider.js';
import { importKeyStore } from './import-key-store.js';
import { gatewayOf } from './observe.js';
import { keepPublicCertificate } from './public-certificate.js';

/** Carries out one step and adds what it found out to the facts. Done twice, it does no harm. */
type Applier = (context: ApplyContext, facts: KnownFacts) => Promise<KnownFacts>;

const deploy =
  (kind: DeployStepKind): Applier =>
  (context, facts) =>
    applyDeploy(kind, context, facts);

const appliers: Readonly<Record<StepKind, Applier>> = {
  'save-connection': async ({ projectRoot, connection }, facts) => {
    await saveConnection(projectRoot, connection.name, toDraft(connection));
    return facts;
  },
  'create-key': createKey,
  'adopt-key': adoptKey,
  'deploy-certificate': deploy('deploy-certificate'),
  'deploy-permission-set': deploy('deploy-permission-set'),
  'assign-permission-set': assignPermissionSet,
  'deploy-app': deploy('deploy-app'),
  'enable-identity-provider': enableIdentityProvider,
  'import-key-store': importKeyStore,
  'disable-identity-provider': disableIdentityProvider,
  'deploy-client': deploy('deploy-client'),
  'assign-callout-permission-set': assignCalloutPermissionSet,
  'remove-files': removeStaleFiles,
};

/**
 * Carries out the changes of a plan in order. The only place with effects; each is noted in the journal before it
 * begins, so that the next run finishes what a killed one began.
 *
 * @returns the facts that are known in the end
 */
export async function applyPlan(plan: Plan, facts: KnownFacts, context: ApplyContext): Promise<KnownFacts> {
  const { connection, projectRoot } = context;
  let known = facts;
  await keepPublicCertificate(connection, projectRoot, known.certificatePem);
  for (const step of plan.steps.filter(isChange)) {
    context.onProgress({ kind: 'step-started', step: step.kind });
    known = await applyStep(step, context, known);
    await keepPublicCertificate(connection, projectRoot, known.certificatePem);
  }
  return known;
}

async function applyStep({ kind, place }: Step, context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  const isDeploy = kind.startsWith('deploy-');
  // A deploy notes its own end, together with the digest of what it deployed.
  if (isDeploy) return appliers[kind](context, facts);
  const at = (): string => context.now().toISOString();
  const org = place === 'local' ? {} : { orgId: gatewayOf(place, context.orgs).identity.orgId };
  await context.journal.append({ event: 'started', step: kind, at: at(), ...org });
  const known = await appliers[kind](context, facts);
  await context.journal.append({ event: 'done', step: kind, at: at(), ...org });
  return known;
}

async function removeStaleFiles(context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  const { connection, projectRoot, journal } = context;
  const files = digestsOf(await contentsBelow(projectRoot, `jwt/${connection.name}`));
  const seen = { files, journal: journal.state() };
  for (const { from, to } of filesInOldCase(connection, seen))
    await rename(join(projectRoot, from), join(projectRoot, to));
  for (const path of staleFiles(connection, seen)) {
    await rm(join(projectRoot, path));
    await removeEmptyFolders(projectRoot, dirname(path), connection.name);
  }
  return facts;
}

/** From a folder upwards, up to that of the side. */
async function removeEmptyFolders(projectRoot: string, folder: string, connectionName: string): Promise<void> {
  const sides = (['server', 'client'] as const).map((side) => sourceRoot(connectionName, side));
  if (!sides.some((root) => folder.startsWith(`${root}/`))) return;
  const isRemoved = await rmdir(join(projectRoot, folder)).then(
    () => true,
    () => false,
  );
  if (isRemoved) await removeEmptyFolders(projectRoot, dirname(folder), connectionName);
}
