import {
  defaultApiVersion,
  defaultAppLabel,
  defaultAppName,
  defaultCertificateName,
  defaultCertificateSource,
  defaultClassName,
  defaultCommonName,
  defaultKeySize,
  defaultPermissionSet,
  defaultScopes,
  defaultValidDays,
} from './defaults.js';
import type { App, CertificateSettings, Client, Connection } from './connection.js';
import { defined, type ConnectionDraft } from './draft.js';

/** What nobody said and no default can know. The command layer turns each into a flag name or a question. */
export const missingFields = ['target-org', 'username', 'client-type', 'client-org', 'contact-email'] as const;
export type MissingField = (typeof missingFields)[number];

export type Resolution =
  | { readonly kind: 'complete'; readonly connection: Connection }
  | { readonly kind: 'incomplete'; readonly missing: readonly MissingField[] };

/** Fills a draft up with defaults. Pure; the order of precedence is settled before, by merging drafts. */
export function resolveConnection(name: string, draft: ConnectionDraft): Resolution {
  const { org, username } = draft.server ?? {};
  const contactEmail = draft.server?.app?.contactEmail;
  const client = resolveClient(name, draft);
  if (org === undefined || username === undefined || contactEmail === undefined || client === undefined) {
    return { kind: 'incomplete', missing: missingFields.filter((field) => isMissing[field](draft)) };
  }
  const connection: Connection = {
    name,
    apiVersion: draft.apiVersion ?? defaultApiVersion,
    server: { org, username, app: resolveApp(name, draft, contactEmail) },
    client,
    certificate: resolveCertificate(name, draft, client),
  };
  return { kind: 'complete', connection };
}

const isMissing: Readonly<Record<MissingField, (draft: ConnectionDraft) => boolean>> = {
  'target-org': ({ server }) => server?.org === undefined,
  username: ({ server }) => server?.username === undefined,
  'client-type': ({ client }) => client?.type === undefined,
  'client-org': ({ client }) => client?.type !== undefined && client.type !== 'external' && client.org === undefined,
  'contact-email': ({ server }) => server?.app?.contactEmail === undefined,
};

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

function resolveClient(name: string, { client }: ConnectionDraft): Client | undefined {
  if (client?.type === 'external') return { type: 'external' };
  if (client?.type === undefined || client.org === undefined) return undefined;
  return { type: client.type, org: client.org, className: client.className ?? defaultClassName(name) };
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
