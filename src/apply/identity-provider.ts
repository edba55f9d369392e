import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { identityProviderArtifacts } from '../artifacts/identity-provider.js';
import { refusalOf } from '../org/refusals.js';
import type { KnownFacts } from '../plan/deploy-groups.js';
import type { ApplyContext } from './context.js';
import { gatewayOf } from './observe.js';

/** Makes the client org an identity provider, with a certificate of its own, so that it takes key stores. */
export const enableIdentityProvider = (context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> =>
  deploySettings(true, context, facts);

/** Ends that. Only for an org where an earlier step began it. */
export const disableIdentityProvider = (context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> =>
  deploySettings(false, context, facts);

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
