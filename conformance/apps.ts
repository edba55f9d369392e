import { setTimeout as pause } from 'node:timers/promises';
import type { Artifact, ArtifactOutline } from '../src/artifacts/artifact.js';
import { serverArtifacts, serverOutline } from '../src/artifacts/build.js';
import { isToSalesforce, type SalesforceConnection } from '../src/config/connection.js';
import { resolveConnection } from '../src/config/resolve.js';
import { createKeyMaterial } from '../src/keys/create.js';
import type { KeyMaterial } from '../src/keys/key-material.js';
import { askForToken, grantClaims, signedJwt } from './assertion.js';
import { deployZip, observeDeploy, retrieve } from './metadata-calls.js';
import { manifestXml, zipOf, type Member, type PackageFiles } from './metadata-package.js';
import type { OrgUnderTest } from './org-under-test.js';

/** External Client Apps that differ in one thing each from one that works. */
const kinds = ['approved', 'notApproved', 'selfAuthorized', 'noRefreshScope', 'noApiScope', 'noCertificate'] as const;
export type AppKind = (typeof kinds)[number];

/** Kinds that the user of the org may use. */
const assigned = ['approved', 'noApiScope'] as const;

export type Apps = {
  /** The apps' certificate is that of this key. */
  readonly keys: KeyMaterial;
  /** A key that no app knows. */
  readonly otherKeys: KeyMaterial;
  readonly consumerKeys: Readonly<Record<AppKind, string>>;
  /** Developer name of each app. */
  readonly names: Readonly<Record<AppKind, string>>;
};

/** How long an org may take until its token endpoint knows a new app, and who may use it: up to ten minutes, says Setup. */
const propagationMilliseconds = 15 * 60_000;

/** Deploys the apps, and lets the user of the org use the first of them. @throws Error where the org refuses */
export async function deployApps(org: OrgUnderTest, runId: string): Promise<Apps> {
  const makeKeys = (): Promise<KeyMaterial> =>
    createKeyMaterial({ keySize: 2048, subject: { CN: 'Conformance' }, validDays: 2, now: new Date() });
  const [keys, otherKeys] = await Promise.all([makeKeys(), makeKeys()]);
  const artifacts = artifactsOf(org, runId, keys);
  const files = Object.fromEntries(artifacts.map(({ path, content }) => [path.replace(/-meta\.xml$/, ''), content]));
  const members = membersOf(artifacts);
  await mustDeploy(org, { 'package.xml': manifestXml(members, org.apiVersion), ...files });
  const names = namesOf(runId);
  for (const kind of assigned) await assign(org, permissionSetOf(names[kind]));
  const consumerKeys = await readConsumerKeys(org, names);
  const apps = { keys, otherKeys, consumerKeys, names };
  await untilKnown(org, apps);
  return apps;
}

/** Removes what `deployApps` made. Returns what is still there, for a person to remove. */
export async function removeApps(org: OrgUnderTest, runId: string): Promise<readonly string[]> {
  const sets = assigned.map((kind) => `'${permissionSetOf(namesOf(runId)[kind])}'`).join(', ');
  const assignments = await query(org, `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name IN (${sets})`);
  for (const { Id } of assignments) await org.request('DELETE', `${data(org)}/sobjects/PermissionSetAssignment/${Id}`);
  // Parts go with their app; the permission sets that apps name go last.
  const isPermissionSet = ([type]: Member): boolean => type === 'PermissionSet';
  const members = membersOf(kinds.flatMap((kind) => serverOutline(connectionFor(org, runId, kind))));
  for (const wanted of [
    members.filter(([type]) => type === 'ExternalClientApplication'),
    members.filter(isPermissionSet),
  ]) {
    await deployZip(
      org,
      zipOf({
        'package.xml': manifestXml([], org.apiVersion),
        'destructiveChanges.xml': manifestXml(wanted, org.apiVersion),
      }),
      { rollbackOnError: false, ignoreWarnings: true },
    );
  }
  const { files } = await retrieve(org, members);
  return [...files.keys()].filter((path) => path.includes('/'));
}

function namesOf(runId: string): Apps['names'] {
  const entries = kinds.map((kind) => [kind, `JwtConf_${runId}_${kind}`] as const);
  return Object.fromEntries(entries) as Apps['names'];
}

const permissionSetOf = (app: string): string => `${app}_Access`;

function membersOf(files: readonly ArtifactOutline[]): readonly Member[] {
  return files.map(({ component: { type, fullName } }) => [type, fullName] as const);
}

/** The files that this plugin generates, changed where a kind of app differs. */
function artifactsOf(org: OrgUnderTest, runId: string, { certificate }: KeyMaterial): readonly Artifact[] {
  return kinds.flatMap((kind) =>
    serverArtifacts(connectionFor(org, runId, kind), { certificatePem: certificate.toString() }).map((artifact) =>
      changed(artifact, kind),
    ),
  );
}

const scopesOf: Partial<Record<AppKind, string[]>> = {
  noRefreshScope: ['Api'],
  noApiScope: ['Web', 'RefreshToken'],
};

function connectionFor(org: OrgUnderTest, runId: string, kind: AppKind): SalesforceConnection {
  const name = namesOf(runId)[kind];
  const scopes = scopesOf[kind] ?? ['Api', 'Web', 'RefreshToken'];
  const app = { name, contactEmail: 'conformance@example.com', scopes, permissionSet: permissionSetOf(name) };
  const resolution = resolveConnection('conformance', {
    server: { org: org.label, username: org.username, app },
    client: { type: 'external' },
  });
  if (resolution.kind === 'complete' && isToSalesforce(resolution.connection)) return resolution.connection;
  throw new TypeError('The connection of a conformance app is not complete');
}

function changed(artifact: Artifact, kind: AppKind): Artifact {
  const { content } = artifact;
  if (kind === 'noCertificate') {
    return { ...artifact, content: content.replace(/\s*<certificate>[^<]*<\/certificate>/, '') };
  }
  if (kind !== 'selfAuthorized') return artifact;
  const open = content.replace('AdminApprovedPreAuthorized', 'AllSelfAuthorized');
  return {
    ...artifact,
    content: open.replace(/\s*<commaSeparatedPermissionSet>[^<]*<\/commaSeparatedPermissionSet>/, ''),
  };
}

async function mustDeploy(org: OrgUnderTest, files: PackageFiles): Promise<void> {
  const result = await deployZip(org, zipOf(files));
  if (result.status === 'Succeeded') return;
  throw new Error(`${org.label} does not take the apps: ${JSON.stringify(observeDeploy(result))}`);
}

async function assign(org: OrgUnderTest, permissionSet: string): Promise<void> {
  const [row] = await query(org, `SELECT Id FROM PermissionSet WHERE Name = '${permissionSet}'`);
  const { status, text } = await org.request('POST', `${data(org)}/sobjects/PermissionSetAssignment`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ AssigneeId: org.userId, PermissionSetId: row?.Id }),
  });
  if (status !== 201) throw new Error(`${org.label} does not assign the permission set: HTTP ${status} ${text}`);
}

async function readConsumerKeys(org: OrgUnderTest, names: Apps['names']): Promise<Apps['consumerKeys']> {
  const { files } = await retrieve(
    org,
    Object.values(names).map((name): Member => ['ExtlClntAppGlobalOauthSettings', name]),
  );
  const keyOf = (name: string): string => {
    const file = [...files].find(([path]) => path.includes(`/${name}.`))?.[1] ?? '';
    return /<consumerKey>\s*([\w.]+)\s*<\/consumerKey>/.exec(file)?.[1] ?? '';
  };
  const keys = kinds.map((kind) => [kind, keyOf(names[kind])] as const);
  const missing = keys.find(([, key]) => key === '');
  if (missing) throw new Error(`${org.label} tells no consumer key of ${names[missing[0]]}.`);
  return Object.fromEntries(keys) as Apps['consumerKeys'];
}

/** Waits until the app that works does work. */
async function untilKnown(org: OrgUnderTest, apps: Apps): Promise<void> {
  const end = Date.now() + propagationMilliseconds;
  for (;;) {
    const answer = await askForToken(org, signedJwt(apps.keys, grantClaims(org, apps.consumerKeys.approved)));
    if (answer.status === 200) return;
    if (org.isLocal || Date.now() > end) throw new Error(`${org.label} grants no token: ${answer.text.slice(0, 300)}`);
    await pause(15_000);
  }
}

async function query(org: OrgUnderTest, soql: string): Promise<readonly { readonly Id: string }[]> {
  const { text } = await org.request('GET', `${data(org)}/query?${new URLSearchParams({ q: soql }).toString()}`);
  return (JSON.parse(text) as { readonly records: readonly { readonly Id: string }[] }).records;
}

const data = ({ apiVersion }: OrgUnderTest): string => `/services/data/v${apiVersion}`;
