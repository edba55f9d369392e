import {
  defaultApiVersion,
  defaultAppLabel,
  defaultAppName,
  defaultCalloutPermissionSet,
  defaultCertificateName,
  defaultCertificateSource,
  defaultClassPrefix,
  defaultCommonName,
  defaultKeySize,
  defaultNamedCredential,
  defaultPermissionSet,
  defaultPrincipal,
  defaultScopes,
  defaultValidDays,
} from './defaults.js';
import type { App, CertificateSettings, Client, Connection, OAuthServer, Server } from './connection.js';
import { defined, type ConnectionDraft } from './draft.js';

/** What nobody said and no default can know. The command layer turns each into a flag name or a question. */
export const missingFields = [
  'target-org',
  'token-endpoint',
  'issuer',
  'base-url',
  'username',
  'client-type',
  'client-org',
  'contact-email',
] as const;
export type MissingField = (typeof missingFields)[number];

export type Resolution =
  | { readonly kind: 'complete'; readonly connection: Connection }
  | { readonly kind: 'incomplete'; readonly missing: readonly MissingField[] };

/** Fills a draft up with defaults. Pure; the order of precedence is settled before, by merging drafts. */
export function resolveConnection(name: string, draft: ConnectionDraft): Resolution {
  const server = resolveServer(name, draft);
  const client = resolveClient(name, draft);
  if (server === undefined || client === undefined) {
    return { kind: 'incomplete', missing: missingFields.filter((field) => isMissing[field](draft)) };
  }
  const connection: Connection = {
    name,
    apiVersion: draft.apiVersion ?? defaultApiVersion,
    server,
    client,
    certificate: resolveCertificate(name, draft, client),
  };
  return { kind: 'complete', connection };
}

const isOAuth = ({ server }: ConnectionDraft): boolean => server?.type === 'oauth2';

const isMissing: Readonly<Record<MissingField, (draft: ConnectionDraft) => boolean>> = {
  'target-org': (draft) => !isOAuth(draft) && draft.server?.org === undefined,
  'token-endpoint': (draft) => isOAuth(draft) && draft.server?.tokenEndpoint === undefined,
  issuer: (draft) => isOAuth(draft) && draft.server?.issuer === undefined,
  'base-url': (draft) => isOAuth(draft) && draft.server?.baseUrl === undefined,
  username: ({ server }) => server?.username === undefined,
  'client-type': ({ client }) => client?.type === undefined,
  'client-org': ({ client }) => client?.type !== undefined && client.type !== 'external' && client.org === undefined,
  'contact-email': (draft) => !isOAuth(draft) && draft.server?.app?.contactEmail === undefined,
};

function resolveServer(name: string, draft: ConnectionDraft): Server | undefined {
  if (isOAuth(draft)) return resolveOAuthServer(draft);
  const { username, org, app } = draft.server ?? {};
  const contactEmail = app?.contactEmail;
  if (username === undefined || org === undefined || contactEmail === undefined) return undefined;
  return { type: 'salesforce', org, username, app: resolveApp(name, draft, contactEmail) };
}

function resolveOAuthServer({ server = {} }: ConnectionDraft): OAuthServer | undefined {
  const { username, issuer, tokenEndpoint, baseUrl, audience, scope, claims } = server;
  if (username === undefined || issuer === undefined) return undefined;
  if (tokenEndpoint === undefined || baseUrl === undefined) return undefined;
  // RFC 7523 section 3: the URL of the token endpoint may stand for the server in the audience.
  const named = { username, issuer, tokenEndpoint, baseUrl, audience: audience ?? tokenEndpoint };
  return { type: 'oauth2', ...named, ...defined({ scope, claims }) };
}

function resolveApp(name: string, draft: ConnectionDraft, contactEmail: string): App {
  const app = draft.server?.app;
  const appName = app?.name ?? defaultAppName(name);
  return {
    type: 'external-client-app',
    name: appName,
    label: defaultAppLabel(appName),
    scopes: defaultScopes,
    permissionSet: defaultPermissionSet(appName),
    ...defined(app),
    contactEmail,
  };
}

function resolveClient(name: string, { client = {} }: ConnectionDraft): Client | undefined {
  const { type, org } = client;
  if (type === 'external') return { type };
  if (type === undefined || org === undefined) return undefined;
  const common = { org, ...generatedApex(name, client) };
  if (type === 'apex') {
    const { settings = 'custom-metadata', cachePartition } = client;
    return { type, ...common, settings, ...defined({ cachePartition }) };
  }
  const { namedCredential = defaultNamedCredential(name) } = client;
  if (type === 'legacy-named-credential') return { type, ...common, namedCredential };
  return { type, ...common, namedCredential, ...calloutAccess(namedCredential, client) };
}

type ClientDraft = NonNullable<ConnectionDraft['client']>;

const generatedApex = (name: string, client: ClientDraft) => ({
  classPrefix: client.classPrefix ?? defaultClassPrefix(name),
  invocable: client.invocable ?? false,
  queueable: client.queueable ?? false,
});

function calloutAccess(namedCredential: string, client: ClientDraft) {
  const { principal = defaultPrincipal, username } = client;
  const { permissionSet = defaultCalloutPermissionSet(namedCredential) } = client;
  return { principal, permissionSet, ...defined({ username }) };
}

function resolveCertificate(name: string, { certificate }: ConnectionDraft, client: Client): CertificateSettings {
  return {
    // Whoever names files has a key.
    source: certificate?.files ? 'existing' : defaultCertificateSource(client.type),
    name: defaultCertificateName(name),
    keySize: defaultKeySize,
    validDays: defaultValidDays,
    subject: { CN: defaultCommonName(name) },
    ...defined(certificate),
  };
}
