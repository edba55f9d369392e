import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JwtError } from '../errors.js';
import { createFaultBox } from './faults/fault-box.js';
import type { FaultRule } from './faults/fault-rule.js';
import { faultRoutes } from './faults/routes.js';
import type { Route } from './http.js';
import { httpsIdentity, type HttpsIdentity } from './https-identity.js';
import type { LocalOrgSettings } from './model.js';
import { oauthRoutes } from './oauth/routes.js';
import { savingOrRefusing } from './refuse-unsaved.js';
import { restRoutes } from './rest/routes.js';
import { adminUsernameOf, defaultAliases, integrationUsernameOf, seedOrg, startAdminSession } from './seed.js';
import { selfRoutes } from './self/routes.js';
import { createOrgServer, type OrgServerOptions } from './server.js';
import { settingsWith } from './settings.js';
import { setupPageRoutes } from './setup-pages/routes.js';
import { emptyState, openOrg, type HostedOrg, type OrgEnvironment } from './store/org-state.js';
import { createStateWriter, readState, stateFileOf, type StateWriter } from './store/state-file.js';
import type { FolderLock } from '../folder-lock.js';
import { lockStateDir } from './store/state-lock.js';
import { removeHalfWritten } from './store/write-whole.js';
import { trustingFetch } from './trusting-fetch.js';

export type LocalOrgOptions = {
  /** `jwt-server` and `jwt-client` by default. Port 0, or none, is the one of the last run, else a free one. */
  readonly orgs?: readonly { readonly alias: string; readonly port?: number }[];
  /** Where the orgs keep their state; without it they forget everything when they end. */
  readonly stateDir?: string;
  /** Serves the orgs through TLS, with a certificate of their own that clients are to trust. */
  readonly https?: boolean;
  readonly settings?: Partial<LocalOrgSettings>;
  /** What goes wrong in each org from the beginning; `/_local/faults` adds more. */
  readonly faults?: readonly FaultRule[];
  /** Unix time in milliseconds. */
  readonly now?: () => number;
  readonly random?: (size: number) => Uint8Array;
  readonly fetch?: typeof globalThis.fetch;
  readonly onFault?: (error: unknown) => void;
};

/** A running local org. The access token is its administrator's: for clients in this process, never for output. */
export type RunningOrg = {
  readonly alias: string;
  readonly orgId: string;
  readonly username: string;
  readonly integrationUsername: string;
  readonly instanceUrl: string;
  readonly accessToken: string;
};

export type LocalOrgs = {
  readonly orgs: readonly RunningOrg[];
  /** With `https`: the certificate that clients are to trust, in PEM format. */
  readonly certificateFile?: string;
  /** Ends the servers and gives the state folder free. @throws JwtError localStateNotWritten */
  close(): Promise<void>;
};

type Host = { readonly hosted: HostedOrg; readonly writer: StateWriter; readonly server: Server };

/**
 * Starts local orgs on 127.0.0.1, each at its own origin.
 *
 * @throws JwtError localPortInUse, localStateInUse, localStateUnreadable, localStateNotWritten
 */
export async function startLocalOrgs(options: LocalOrgOptions = {}): Promise<LocalOrgs> {
  const lock = options.stateDir === undefined ? undefined : await lockStateDir(options.stateDir);
  const hosts: Host[] = [];
  let tls: Tls | undefined;
  const close = async (): Promise<void> => {
    await tls?.dispose();
    await closeAll(hosts, lock);
  };
  try {
    if (options.stateDir !== undefined) await removeHalfWritten(options.stateDir);
    if (options.https) tls = await openTls(options);
    for (const { alias, port } of options.orgs ?? defaultOrgs)
      hosts.push(await startOrg({ ...options, ...tls }, alias, port ?? 0, hosts));
    return { orgs: await Promise.all(hosts.map(running)), certificateFile: tls?.certificateFile, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const defaultOrgs: NonNullable<LocalOrgOptions['orgs']> = defaultAliases.map((alias) => ({ alias }));

type StartOptions = LocalOrgOptions & Pick<OrgServerOptions, 'createServer'>;

type Tls = Required<Pick<StartOptions, 'createServer' | 'fetch'>> & Pick<HttpsIdentity, 'certificateFile' | 'dispose'>;

async function openTls({ stateDir, fetch }: LocalOrgOptions): Promise<Tls> {
  // Loaded only where it is asked for.
  const { createServer } = await import('node:https');
  const {
    privateKeyPem: key,
    certificatePem: cert,
    certificateFile,
    dispose,
  } = await httpsIdentity(stateDir, new Date());
  return {
    createServer: (listener) => createServer({ key, cert }, listener),
    fetch: fetch ?? trustingFetch(cert),
    certificateFile,
    dispose,
  };
}

async function startOrg(options: StartOptions, alias: string, port: number, hosts: readonly Host[]): Promise<Host> {
  if (!/^[A-Za-z][\w-]*$/.test(alias)) throw new TypeError(`Not an alias of a local org: ${alias}`);
  const { hosted, writer, savedPort } = await openState(options, alias, hosts);
  const faults = createFaultBox(options.faults);
  const onFault = options.onFault ?? (() => undefined);
  const server = createOrgServer({
    org: hosted.org,
    routes: [...routesOf(options), ...faultRoutes(faults)],
    faults,
    lateRoutes,
    createServer: options.createServer,
    save: savingOrRefusing(writer.save, onFault),
    onFault,
  });
  hosted.listensAt(port === 0 ? await listenWhereBefore(server, savedPort) : await listen(server, port));
  return { hosted, writer, server };
}

type OpenState = Pick<Host, 'hosted' | 'writer'> & { readonly savedPort: number };

async function openState(options: LocalOrgOptions, alias: string, hosts: readonly Host[]): Promise<OpenState> {
  const random = options.random ?? randomBytes;
  const environment = environmentOf(options, random, () => hosts.map(({ hosted: { org } }) => org));
  const file = options.stateDir === undefined ? undefined : stateFileOf(options.stateDir, alias);
  const saved = file === undefined ? undefined : await readState(file, alias);
  const hosted = openOrg(saved?.state ?? emptyState(alias, random), environment);
  if (saved) hosted.replay(saved.changes);
  else seedOrg(hosted.org);
  const writer = file === undefined ? inMemory : createStateWriter(file, hosted);
  return { hosted, writer, savedPort: hosted.listenedAt() };
}

const inMemory: StateWriter = { save: () => Promise.resolve(), close: () => Promise.resolve() };

function routesOf(options: LocalOrgOptions): readonly Route[] {
  return [...oauthRoutes, ...restRoutes, ...selfRoutes(options.fetch ?? globalThis.fetch), ...setupPageRoutes];
}

function environmentOf(
  options: LocalOrgOptions,
  random: OrgEnvironment['random'],
  orgs: OrgEnvironment['orgs'],
): OrgEnvironment {
  const { now = Date.now, https, settings } = options;
  return { now, random, https, settings: settingsWith(settings), orgs };
}

async function lateRoutes(): Promise<readonly Route[]> {
  const { metadataRoutes } = await import('./metadata/index.js');
  return metadataRoutes;
}

async function running({ hosted: { org }, writer }: Host): Promise<RunningOrg> {
  const accessToken = startAdminSession(org);
  await writer.save();
  return {
    alias: org.alias,
    orgId: org.id,
    username: adminUsernameOf(org.alias),
    integrationUsername: integrationUsernameOf(org.alias),
    instanceUrl: org.instanceUrl,
    accessToken,
  };
}

/** URLs that others saved stay right where the port of the last run is still free; where it is not, any other will do. */
async function listenWhereBefore(server: Server, port: number): Promise<number> {
  return port === 0 ? listen(server, 0) : listen(server, port).catch(() => listen(server, 0));
}

async function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      reject(new JwtError('localPortInUse', [String(port), error.code ?? 'unknown'], { cause: error, data: { port } }));
    };
    server.once('error', fail);
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.off('error', fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Whatever goes wrong with one of them, all are closed and the folder is free. @throws Error of what could not be saved */
async function closeAll(hosts: readonly Host[], lock: FolderLock | undefined): Promise<void> {
  const results = await Promise.allSettled(hosts.map(close));
  await lock?.release();
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/** Lets requests that are being answered end, but not for longer than a second. */
async function close({ server, writer }: Host): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const impatient = setTimeout(() => server.closeAllConnections(), 1000);
  await closed;
  clearTimeout(impatient);
  await writer.close();
}
