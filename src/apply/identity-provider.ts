import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { identityProviderArtifacts, identityProviderCertificate } from '../artifacts/identity-provider.js';
import type { OrgGateway } from '../org/gateway.js';
import { refusalOf } from '../org/refusals.js';
import type { KnownFacts } from '../plan/deploy-groups.js';
import type { ApplyContext } from './context.js';
import { gatewayOf } from './observe.js';

/** Makes the client org an identity provider, with a certificate of its own, so that it takes key stores. */
export const enableIdentityProvider = (context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> =>
  deploySettings(true, context, facts);

/**
 * Ends that, for an org where an earlier step began it. Days may lie between the two: an identity provider that somebody
 * gave a certificate of their own in the meantime is in use, and logins would end with it.
 */
export async function disableIdentityProvider(context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  return (await isTakenOver(gatewayOf('client', context.orgs))) ? facts : deploySettings(false, context, facts);
}

async function isTakenOver(org: OrgGateway): Promise<boolean> {
  const files = await org.sources([{ type: 'Settings', fullName: 'IdentityProvider' }]);
  const names = files.flatMap(({ content }) => /<certificateName>([^<]*)</.exec(content)?.[1] ?? []);
  return names.some((name) => name !== identityProviderCertificate);
}

/** Deployed from a folder of its own: settings that hold for minutes are no part of the project's source. */
async function deploySettings(isEnabled: boolean, context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  const { connection, orgs, journal, now } = context;
  const org = gatewayOf('client', orgs);
  const folder = await mkdtemp(join(tmpdir(), 'sf-jwt-'));
  try {
    const paths: string[] = [];
    for (const { path, content } of identityProviderArtifacts(isEnabled)) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
      paths.push(target);
    }
    const outcome = await org.deploy({ paths, apiVersion: connection.apiVersion });
    if (outcome.success) return facts;
    if (isEnabled) {
      const entry = { step: 'enable-identity-provider', at: now().toISOString(), orgId: org.identity.orgId } as const;
      await journal.append({ event: 'refused', ...entry, claims: [] });
    }
    throw refusalOf(outcome, connection, 'client');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
