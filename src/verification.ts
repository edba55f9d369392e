import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesBelow } from './apply/connection-files.js';
import { privateFolder } from './private-folder.js';
import { grantOf, type Grant } from './artifacts/grant.js';
import { consumerKeyHolder } from './artifacts/server-artifacts.js';
import { isToSalesforce, type Connection, type OrgClient, type SalesforceConnection } from './config/connection.js';
import type { KeyMaterial } from './keys/key-material.js';
import { readKeyMaterial } from './keys/stored-keys.js';
import type { OrgGateway } from './org/gateway.js';
import type { ServerRecord } from './plan/journal-state.js';
import { sourceRoot } from './plan/wanted-files.js';
import type { CertificateInOrg } from './verify/certificate-checks.js';
import { findDifferingSettings } from './verify/differing-settings.js';
import { fillingNames, fillNames, type Names } from './verify/fill-names.js';
import type { OnProgress } from './verify/check-run.js';
import type { InOrgExpectation } from './verify/in-org-report.js';
import { runInClientOrg } from './verify/run-in-client-org.js';
import type { VerifyDeps } from './verify/token-stages.js';
import type { Verification } from './verify/verification-result.js';
import { verifyClientOrg, verifySecondSigner, type ClientOrgDeps } from './verify/verify-client-org.js';
import { verifyFlow } from './verify/verify-flow.js';
import { verifyOauthFlow } from './verify/verify-oauth-flow.js';

export type VerificationInput = {
  readonly connection: Connection;
  readonly projectRoot: string;
  /** Absent where the server is no org. */
  readonly server?: ServerRecord | undefined;
  /** The org that signs; absent for a client outside Salesforce. */
  readonly clientOrg?: OrgGateway | undefined;
  /** How long to wait for an app that is not known everywhere yet. */
  readonly deadlineSeconds: number;
};

type Subject = VerificationInput & { readonly grant: Grant };

/**
 * Runs the flow of a connection wherever its key is: here with the key in the private folder, and in the client org with the
 * one that it has. Next steps in the checks name the orgs, permission sets and files of this connection.
 *
 * @throws JwtError what the key files or the client org refuse; a flow that fails is not thrown but told in the checks
 */
export async function verifyConnection(
  input: VerificationInput,
  deps: VerifyDeps,
  onProgress: OnProgress,
): Promise<Verification> {
  const { connection, server } = input;
  const grant = grantOf(connection.server, server ?? {});
  if (!grant) throw new TypeError(`nothing is known of the app of the connection ${connection.name}`);
  const names = namesOf(input);
  const verification = await verifyWhereKeyIs({ ...input, grant }, deps, fillingNames(names, onProgress));
  return { ...verification, checks: verification.checks.map((check) => fillNames(check, names)) };
}

async function verifyWhereKeyIs(subject: Subject, deps: VerifyDeps, onProgress: OnProgress): Promise<Verification> {
  const { connection, projectRoot } = subject;
  const { client, certificate, name } = connection;
  const folder = privateFolder(projectRoot, name);
  const material = certificate.source === 'platform' ? undefined : await readKeyMaterial(folder, certificate.name);
  if (client.type === 'external') return verifyHere(subject, material, deps, onProgress);
  const inOrg = clientOrgOf(subject, client, deps);
  // The client org can prove the flow by itself: the private folder is not in version control.
  if (!material) return verifyThere(subject, inOrg, onProgress);
  const here = await verifyHere(subject, material, deps, onProgress);
  const there = await verifyThereToo(subject, { material, here }, inOrg, onProgress);
  const orgId = here.orgId ?? there.orgId;
  return {
    checks: [...here.checks, ...there.checks],
    verified: here.verified && there.verified,
    ...(orgId === undefined ? {} : { orgId }),
  };
}

function verifyHere(
  { connection, server, grant, deadlineSeconds }: Subject,
  material: KeyMaterial | undefined,
  deps: VerifyDeps,
  onProgress: OnProgress,
): Promise<Verification> {
  const key = material && { privateKey: material.privateKey, certificate: material.certificate };
  if (!isToSalesforce(connection) || !server) {
    return verifyOauthFlow({ ...key, grant, deadlineSeconds }, deps, onProgress);
  }
  return verifyFlow(
    {
      ...key,
      clientId: grant.issuer,
      username: grant.subject,
      instanceUrl: server.instanceUrl,
      expected: { orgId: server.orgId, scopes: connection.server.app.scopes },
      deadlineSeconds,
    },
    deps,
    onProgress,
  );
}

type InOrg = {
  readonly certificate: () => Promise<CertificateInOrg>;
  readonly expected: InOrgExpectation;
  readonly deps: ClientOrgDeps;
};

function clientOrgOf({ connection, server, grant, clientOrg }: Subject, client: OrgClient, deps: VerifyDeps): InOrg {
  if (!clientOrg) throw new TypeError(`the client org ${client.org} is not open`);
  const request = {
    server: connection.server.type,
    username: grant.subject,
    audience: grant.audience,
    ...callersOf(client, clientOrg),
  };
  const expected =
    isToSalesforce(connection) && server
      ? {
          ...request,
          instanceUrl: server.instanceUrl,
          orgId: server.orgId,
          scopes: connection.server.app.scopes,
        }
      : { ...request, instanceUrl: grant.tokenEndpoint, scopes: grant.scope?.split(' ') ?? [] };
  const { name } = connection.certificate;
  return {
    certificate: async () => ({ name, pem: await clientOrg.retrieveCertificate(name) }),
    expected,
    deps: {
      ...deps,
      runInClientOrg: () => runInClientOrg({ connection, client, org: clientOrg }),
      findDifferingSettings: () => findDifferingSettings({ connection, client, grant, org: clientOrg }),
    },
  };
}

/** Whoever verifies may be another user than the one who has the permission set. */
function callersOf(client: OrgClient, { identity }: OrgGateway): Pick<InOrgExpectation, 'callers'> {
  if (client.type !== 'named-credential' || client.username === undefined) return {};
  const [runsAs, meant] = [identity.username, client.username];
  return runsAs.toLowerCase() === meant.toLowerCase() ? {} : { callers: { runsAs, meant } };
}

async function verifyThere(
  { connection, projectRoot, deadlineSeconds }: Subject,
  { certificate, expected, deps }: InOrg,
  onProgress: OnProgress,
): Promise<Verification> {
  const deployedPem = isToSalesforce(connection) ? await certificateInApp(projectRoot, connection) : undefined;
  return verifyClientOrg(
    { ...expected, isKeyInClientOrg: true, deployedPem, certificate: await certificate(), deadlineSeconds },
    deps,
    onProgress,
  );
}

type SignedHere = { readonly material: KeyMaterial; readonly here: Verification };

/** Where the server refused this machine, the client org is asked once: it has been waited for already. */
async function verifyThereToo(
  { deadlineSeconds }: Subject,
  { material, here }: SignedHere,
  { certificate, expected, deps }: InOrg,
  onProgress: OnProgress,
): Promise<Verification> {
  const signedHere = here.checks.some(({ name, status }) => name === 'token-issued' && status === 'passed');
  return verifySecondSigner(
    {
      ...expected,
      signedHere,
      ownPem: material.certificate.toString(),
      certificate: await certificate(),
      deadlineSeconds: signedHere ? deadlineSeconds : 0,
    },
    deps,
    onProgress,
  );
}

/** The certificate in the artifacts of the app, which an External Client App never gives back; empty where there is none. */
async function certificateInApp(projectRoot: string, { name, server }: SalesforceConnection): Promise<string> {
  const { fullName } = consumerKeyHolder(server.app);
  const paths = await filesBelow(projectRoot, sourceRoot(name, 'server'));
  for (const path of paths.filter((candidate) => candidate.includes(`/${fullName}.`))) {
    const found = /<certificate>([^<]+)<\/certificate>/.exec(await readFile(join(projectRoot, path), 'utf8'));
    if (found?.[1]) return found[1];
  }
  return '';
}

function namesOf({ connection, clientOrg }: VerificationInput): Names {
  const { name, server, client, certificate } = connection;
  const isKeyHere = certificate.source !== 'platform';
  const file = `.sf/jwt/${name}/${certificate.name}`;
  return {
    MY_CONNECTION: name,
    ...(server.type === 'salesforce' ? { MY_ORG: server.org, MY_PERMISSION_SET: server.app.permissionSet } : {}),
    ...(client.type === 'external' ? {} : { MY_CLIENT_ORG: client.org }),
    ...(clientOrg ? { MY_CLIENT_USER: clientOrg.identity.username } : {}),
    ...(client.type === 'named-credential' ? { MY_CALLOUT_PERMISSION_SET: client.permissionSet } : {}),
    // A certificate that the client org made is kept for whoever registers it at a server that is no org.
    ...(isKeyHere || server.type === 'oauth2' ? { 'MY_CERTIFICATE.crt': `${file}.crt` } : {}),
    ...(isKeyHere ? { 'MY_KEY.key': `${file}.key` } : {}),
  };
}
