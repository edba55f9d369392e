import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Gateways } from '../apply/observe.js';
import { ensurePrivateFolder, localOrgFolder } from '../private-folder.js';
import type { ConnectionDraft } from '../config/draft.js';
import type { RunningOrg } from '../local-org/index.js';
import type { OrgGateway } from '../org/gateway.js';

/** Opens the orgs of a connection, and closes them where they are ours. */
export interface OrgSession {
  /** What the orgs themselves say about the connection, where nobody said it. */
  readonly defaults: ConnectionDraft;
  /** What holds in these orgs whatever somebody says. */
  readonly overrides: ConnectionDraft;
  /** @param apiVersion the version of the API that the org is spoken to in, like `67.0` */
  open(aliasOrUsername: string, apiVersion: string): Promise<OrgGateway>;
  /** Imports a keystore as a person would; absent where a person has to. */
  readonly importKeyStore?: (aliasOrUsername: string, keyStore: Uint8Array, password: string) => Promise<void>;
  close(): Promise<void>;
}

/** Orgs that the CLI is logged in to. */
export function realOrgs(): OrgSession {
  return {
    defaults: {},
    overrides: {},
    open: async (aliasOrUsername, apiVersion) => {
      const [{ connectOrg }, { createGateway }] = await loadAdapter();
      return createGateway(await connectOrg(aliasOrUsername, apiVersion));
    },
    close: async () => {},
  };
}

/**
 * Two local orgs in this process, with their state below the project's private folder, so that a second run finds what
 * the first one made. A dry run works on a copy.
 */
export async function localOrgs(
  projectRoot: string,
  { isDryRun }: { readonly isDryRun: boolean },
): Promise<OrgSession> {
  const folder = localOrgFolder(projectRoot);
  const stateDir = isDryRun ? await copyOf(folder) : folder;
  if (!isDryRun) await ensurePrivateFolder(projectRoot, folder);
  const [{ startLocalOrgs }, { connectLocalOrg }, { createGateway }] = await Promise.all([
    import('../local-org/index.js'),
    import('./local-auth.js'),
    import('../org/salesforce.js'),
  ]);
  const running = await startLocalOrgs({ stateDir });
  const [server, client] = running.orgs;
  const find = (alias: string): RunningOrg => {
    const org = running.orgs.find((candidate) => candidate.alias === alias);
    if (!org) throw new TypeError(`no local org ${alias}`);
    return org;
  };
  return {
    defaults: { server: { username: server?.integrationUsername }, client: { type: 'apex' } },
    overrides: { server: { org: server?.alias }, client: { org: client?.alias } },
    open: async (alias, apiVersion) => createGateway(await connectLocalOrg(find(alias), apiVersion)),
    importKeyStore: async (alias, bytes, password) => {
      const { importIntoLocalOrg } = await import('./local-key-store.js');
      await importIntoLocalOrg(find(alias), { name: 'key-store.jks', bytes, password });
    },
    close: async () => {
      await running.close();
      if (isDryRun) await rm(stateDir, { recursive: true, force: true });
    },
  };
}

/** Opens the orgs that a connection names. */
export async function openGateways(
  session: OrgSession,
  names: { readonly server: string | undefined; readonly client: string | undefined; readonly apiVersion: string },
): Promise<Gateways> {
  const open = (org: string | undefined) => (org === undefined ? undefined : session.open(org, names.apiVersion));
  const [server, client] = await Promise.all([open(names.server), open(names.client)]);
  return { ...(server ? { server } : {}), ...(client ? { client } : {}) };
}

const loadAdapter = () => Promise.all([import('../org/salesforce-connect.js'), import('../org/salesforce.js')]);

async function copyOf(folder: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'sf-jwt-'));
  await cp(folder, copy, { recursive: true, filter: (path) => !path.endsWith('lock') }).catch(() => undefined);
  return copy;
}
