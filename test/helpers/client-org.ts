import { randomBytes } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { startLocalOrgs, type LocalOrgOptions, type RunningOrg } from '../../src/local-org/index.js';
import { makeKeyPair } from '../unit/local-org/hosted-org.js';
import {
  externalClientAppFiles,
  packageXml,
  permissionSetFile,
  type Files,
} from '../unit/local-org/metadata/sample-files.js';
import { temporaryFolder } from './home.js';
import { registerPassword } from './secrets.js';

/** A local org that foreign clients log in to, as its administrator, with a key of their own. */
export type ClientOrg = RunningOrg & {
  readonly consumerKey: string;
  /** Asked for by introspection only. */
  readonly consumerSecret: string;
  readonly keyFile: string;
  readonly privateKey: string;
  /** Faults of our own that the org met while it answered. */
  readonly faults: readonly unknown[];
  /** Lets two hours without use go by, after which an org ends a session. */
  endSessions(): void;
  /** Changes settings like `deployDelayPolls` of the running org. */
  set(settings: Readonly<Record<string, number>>): Promise<void>;
  /** Has requests go wrong while `act` runs, like `503 operation=query`; gives how many each rule hit. */
  trouble<T>(rules: readonly string[], act: () => Promise<T>): Promise<Trouble<T>>;
  /** What the org was asked while `act` ran, like `POST /services/oauth2/token`, and what came of it. */
  watch<T>(act: () => Promise<T>): Promise<{ readonly result: T; readonly requests: readonly string[] }>;
  close(): Promise<void>;
};

type Trouble<T> = { readonly result: T; readonly hits: readonly number[] };

const types = [
  'ExternalClientApplication',
  'ExtlClntAppConfigurablePolicies',
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthConfigurablePolicies',
  'ExtlClntAppOauthSettings',
  'PermissionSet',
];
const consumerKey = '3MVG9.ForeignClientsOfALocalOrg';
const consumerSecret = registerPassword(randomBytes(32).toString('hex'));

/** Starts an org with an External Client App that has the certificate of a new key, and lets its administrator in. */
export async function startClientOrg(
  alias: string,
  options: Pick<LocalOrgOptions, 'https' | 'stateDir'> = {},
): Promise<ClientOrg> {
  // Clients have login hosts of their own, to which an assertion that was refused must not go on.
  await import(new URL('no-network.mjs', import.meta.url).href);
  const keys = await makeKeyPair(new Date(Date.now() + 30 * 24 * 60 * 60 * 1000));
  const keyFile = join(temporaryFolder('client-key'), 'client.key');
  writeFileSync(keyFile, keys.privateKeyPem, { mode: 0o600 });
  const faults: unknown[] = [];
  let passed = 0;
  const now = () => Date.now() + passed;
  const orgs = await startLocalOrgs({ ...options, orgs: [{ alias }], now, onFault: (fault) => faults.push(fault) });
  const [org] = orgs.orgs;
  if (!org) throw new Error('no org');
  await provision(org, keys.certificatePem).catch(async (error: unknown) => {
    await orgs.close();
    throw error;
  });
  return {
    ...org,
    consumerKey,
    consumerSecret,
    keyFile,
    privateKey: keys.privateKeyPem,
    faults,
    endSessions: () => void (passed += 2 * 60 * 60 * 1000 + 1000),
    set: (settings) => control(org, 'PATCH', 'settings', settings).then(() => undefined),
    trouble: (rules, act) => makeTrouble(org, rules, act),
    watch: (act) => watchRequests(new URL(org.instanceUrl).host, act),
    close: () => orgs.close(),
  };
}

async function provision(org: RunningOrg, certificate: string): Promise<void> {
  const connection = await connectLocalOrg(org);
  const app = externalClientAppFiles({ certificate, consumerKey, consumerSecret });
  connection.metadata.pollInterval = 5;
  // As a zip in memory, for the secret has no place in a file that others can read.
  const deployed = await connection.metadata.deploy(zipOf({ ...permissionSetFile, ...app })).complete();
  if (!deployed.success) throw new Error(`the app of the clients was not deployed: ${deployed.errorMessage}`);
  const { records } = await connection.query("SELECT Id FROM PermissionSet WHERE Name = 'Crm_Access'");
  const { records: users } = await connection.query(`SELECT Id FROM User WHERE Username = '${org.username}'`);
  const assignment = { AssigneeId: users[0]?.Id, PermissionSetId: records[0]?.Id };
  await connection.sobject('PermissionSetAssignment').create(assignment);
}

function zipOf(files: Files): Buffer {
  const manifest = packageXml(Object.fromEntries(types.map((type) => [type, ['*']])));
  const inner = Object.entries({ ...files, 'package.xml': manifest }).map(
    ([path, content]) => [`clients/${path}`, strToU8(content)] as const,
  );
  return Buffer.from(zipSync(Object.fromEntries(inner)));
}

async function control({ instanceUrl }: RunningOrg, method: string, what: string, json?: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${instanceUrl}/_local/${what}`, { method, headers, body: JSON.stringify(json) });
  if (!answer.ok) throw new Error(`/_local/${what}: ${answer.status} ${await answer.text()}`);
  return answer;
}

async function makeTrouble<T>(org: RunningOrg, rules: readonly string[], act: () => Promise<T>): Promise<Trouble<T>> {
  await control(org, 'POST', 'faults', { rules });
  try {
    const result = await act();
    const told = (await (await control(org, 'GET', 'faults')).json()) as { readonly rules: readonly { hit: number }[] };
    return { result, hits: told.rules.map(({ hit }) => hit) };
  } finally {
    await control(org, 'DELETE', 'faults');
  }
}

/** Node tells of each request to a server of this process: the org needs no hook for tests, and a client no proxy. */
async function watchRequests<T>(host: string, act: () => Promise<T>) {
  const requests: string[] = [];
  const listener = (message: unknown): void => {
    const { request } = message as { readonly request: IncomingMessage };
    const path = (request.url ?? '').split('?')[0];
    if (request.headers.host === host) requests.push(`${request.method} ${path}`);
  };
  subscribe('http.server.request.start', listener);
  try {
    return { result: await act(), requests };
  } finally {
    unsubscribe('http.server.request.start', listener);
  }
}
