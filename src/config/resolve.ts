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
import type { App, CertificateSettings, Client, Connection, Server } from './connection.js';
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
  const { username, org, app, issuer, tokenEndpoint, baseUrl, audience, scope, claims } = draft.server ?? {};
  if (username === undefined) return undefined;
  if (!isOAuth(draft)) {
    const contactEmail = app?.contactEmail;
    if (org === undefined || contactEmail === undefined) return undefined;
    return { type: 'salesforce', org, username, app: resolveApp(name, draft, contactEmail) };
  }
  if (issuer === undefined || tokenEndpoint === undefined || baseUrl === undefined) return undefined;
  // RFC 7523 section 3: the URL of the token endpoint may stand for the server in the audience.
  const named = {
    type: 'oauth2',
    username,
    issuer,
    tokenEndpoint,
    baseUrl,
    audience: audience ?? tokenEndpoint,
  } as const;
  return { ...named, ...defined({ scope, claims }) };
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
  const { classPrefix = defaultClassPrefix(name), invocable = false, queueable = false } = client;
  const common = { org, classPrefix, invocable, queueable };
  if (type === 'apex') {
    const { settings = 'custom-metadata', cachePartition } = client;
    return { type, ...common, settings, ...defined({ cachePartition }) };
  }
  const { namedCredential = defaultNamedCredential(name) } = client;
  if (type === 'legacy-named-credential') return { type, ...common, namedCredential };
  const {
    principal = defaultPrincipal,
    permissionSet = defaultCalloutPermissionSet(namedCredential),
    username,
  } = client;
  return { type, ...common, namedCredential, principal, permissionSet, ...defined({ username }) };
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
