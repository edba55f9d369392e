import { AuthInfo, Connection, StateAggregator, type AuthFields } from '@salesforce/core';
import { JwtError } from '../errors.js';
import type { RunningOrg } from '../local-org/index.js';

/** A registration that can be taken back. */
export type Registration = { readonly deregister: () => Promise<void> };

/**
 * Makes a local org known to every `sf` command under its alias.
 *
 * @throws JwtError localAliasTaken when the alias or the username belongs to a real org, localOrgRunning when it belongs to
 * a local org that still runs
 */
export async function registerLocalOrg(org: RunningOrg, fetch = globalThis.fetch): Promise<Registration> {
  const store = await StateAggregator.getInstance();
  const current = store.aliases.getUsername(org.alias);
  for (const username of new Set([org.username, ...(current ? [current] : [])])) {
    await refuseToReplace(org, username, fetch);
  }
  const authInfo = await AuthInfo.create({ accessTokenOptions: authFieldsOf(org) });
  await authInfo.save();
  await authInfo.setAlias(org.alias);
  return { deregister: () => deregister(org) };
}

/** Whether the local org runs that keeps its state in a folder, and every `sf` command knows it by its alias. */
export async function runsFrom(stateDir: string, alias: string, fetch = globalThis.fetch): Promise<boolean> {
  const { savedOrgId } = await import('../local-org/store/saved-org-id.js');
  const saved = await savedOrgId(stateDir, alias);
  const username = (await StateAggregator.getInstance()).aliases.getUsername(alias);
  const { instanceUrl, orgId } = (username ? await savedFields(username) : undefined) ?? {};
  if (saved === undefined || instanceUrl === undefined || orgId !== saved) return false;
  return isLoopback(instanceUrl) && isLocalOrg(instanceUrl, fetch);
}

/** A connection to a local org that leaves no trace in the auth store. */
export async function connectLocalOrg(org: RunningOrg, apiVersion = '67.0'): Promise<Connection> {
  const authInfo = await AuthInfo.create({ accessTokenOptions: authFieldsOf(org) });
  // With a version given, core does not ask the org for one and write it down.
  return Connection.create({ authInfo, connectionOptions: { version: apiVersion } });
}

/** All that core would otherwise ask the org for, so that nothing is asked before it is needed. */
function authFieldsOf(org: RunningOrg): AuthFields & { readonly accessToken: string } {
  return {
    accessToken: org.accessToken,
    instanceUrl: org.instanceUrl,
    loginUrl: org.instanceUrl,
    orgId: org.orgId,
    username: org.username,
    isDevHub: false,
    namespacePrefix: null,
  };
}

/** Only what is surely ours is replaced: a local org that has ended without saying goodbye. */
async function refuseToReplace(org: RunningOrg, username: string, fetch: typeof globalThis.fetch): Promise<void> {
  const fields = await savedFields(username);
  if (!fields) return;
  const { instanceUrl } = fields;
  if (instanceUrl === undefined || !isLoopback(instanceUrl) || username !== org.username) {
    throw new JwtError('localAliasTaken', [org.alias, username], { data: { alias: org.alias, username } });
  }
  if (instanceUrl !== org.instanceUrl && (await isLocalOrg(instanceUrl, fetch))) {
    throw new JwtError('localOrgRunning', [org.alias, instanceUrl], { data: { alias: org.alias, instanceUrl } });
  }
}

/**
 * Removes a registration if it is still this org's, and not that of one started later. A login that was refused may have
 * removed the user already, and left the alias behind.
 */
async function deregister(org: RunningOrg): Promise<void> {
  StateAggregator.clearInstance();
  const store = await StateAggregator.getInstance();
  const fields = await savedFields(org.username);
  if (fields && fields.instanceUrl !== org.instanceUrl) return;
  if (store.aliases.getUsername(org.alias) === org.username) await store.aliases.unsetAndSave(org.alias);
  if (fields) await store.orgs.remove(org.username);
}

async function savedFields(username: string): Promise<AuthFields | undefined> {
  const store = await StateAggregator.getInstance();
  if (!(await store.orgs.hasFile(username))) return undefined;
  await store.orgs.read(username, false, false);
  return store.orgs.get(username) ?? undefined;
}

async function isLocalOrg(instanceUrl: string, fetch: typeof globalThis.fetch): Promise<boolean> {
  try {
    const response = await fetch(new URL('/_local', instanceUrl), { signal: AbortSignal.timeout(1000) });
    const answer = (await response.json()) as { readonly localOrg?: unknown };
    return answer.localOrg === true;
  } catch (error) {
    // One that is served through TLS has a certificate that this process was not told to trust.
    return isSelfSigned(error);
  }
}

function isSelfSigned(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'DEPTH_ZERO_SELF_SIGNED_CERT';
}

function isLoopback(url: string): boolean {
  return /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\/?$/.test(url);
}
