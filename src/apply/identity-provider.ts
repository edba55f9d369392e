import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Artifact } from '../artifacts/artifact.js';
import { identityProviderArtifacts, identityProviderCertificate } from '../artifacts/identity-provider.js';
import type { DeployOutcome, OrgGateway } from '../org/gateway.js';
import { refusalOf } from '../org/refusals.js';
import type { KnownFacts } from '../plan/deploy-groups.js';
import { sha256 } from '../plan/digest.js';
import { recordOf } from '../plan/journal-state.js';
import type { StepKind } from '../plan/step.js';
import type { ApplyContext } from './context.js';
import { gatewayOf } from './observe.js';
import { waitCommand } from './resume-side.js';

/** Makes the client org an identity provider, with a certificate of its own, so that it takes keystores. */
export const enableIdentityProvider = (context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> =>
  deploySettings('enable-identity-provider', context, facts);

/**
 * Ends that, for an org where an earlier step began it. Days may lie between the two: an identity provider that somebody
 * gave a certificate of their own in the meantime is in use, and logins would end with it.
 */
export async function disableIdentityProvider(context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  return (await isTakenOver(gatewayOf('client', context.orgs)))
    ? facts
    : deploySettings('disable-identity-provider', context, facts);
}

async function isTakenOver(org: OrgGateway): Promise<boolean> {
  const files = await org.sources([{ type: 'Settings', fullName: 'IdentityProvider' }]);
  const names = files.flatMap(({ content }) => /<certificateName>([^<]*)</.exec(content)?.[1] ?? []);
  return names.some((name) => name !== identityProviderCertificate);
}

/**
 * Deployed from a folder of its own: settings that hold for minutes are no part of the project's source. A deploy that an
 * earlier run started and did not see the end of is waited for instead.
 */
async function deploySettings(step: SettingsStep, context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  const { connection, orgs, journal, now } = context;
  const org = gatewayOf('client', orgs);
  const folder = await mkdtemp(join(tmpdir(), 'sf-jwt-'));
  try {
    const artifacts = identityProviderArtifacts(step === 'enable-identity-provider');
    const digest = sha256(artifacts.map(({ content }) => content).join());
    const outcome =
      (await resumePending(step, digest, context)) ??
      (await org.deploy({
        paths: await writeAll(folder, artifacts),
        apiVersion: connection.apiVersion,
        waitCommand: waitCommand(connection.name, 'client'),
        onStarted: (id) =>
          journal.append({ event: 'deploying', step, orgId: org.identity.orgId, deploy: { id, digest } }),
      }));
    if (outcome.success) return facts;
    await journal.append({ event: 'refused', step, at: now().toISOString(), orgId: org.identity.orgId });
    throw refusalOf(outcome, connection, 'client');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeAll(folder: string, artifacts: readonly Artifact[]): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const { path, content } of artifacts) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
    paths.push(target);
  }
  return paths;
}

/** Undefined where there is none to wait for, and where it ended without a verdict. */
async function resumePending(
  step: SettingsStep,
  digest: string,
  { connection: { name, apiVersion }, orgs, journal }: ApplyContext,
): Promise<DeployOutcome | undefined> {
  const org = gatewayOf('client', orgs);
  const pending = recordOf(journal.state(), step, org.identity.orgId)?.pending;
  if (pending?.digest !== digest) return undefined;
  const request = { paths: [], apiVersion, waitCommand: waitCommand(name, 'client') };
  const outcome = await org.deploy({ ...request, resumeId: pending.id });
  return outcome.unfinished ? undefined : outcome;
}

type SettingsStep = Extract<StepKind, `${string}-identity-provider`>;
