import { isDeepStrictEqual } from 'node:util';
import type { CertificateSettings, Connection } from './connection.js';
import { mergeDrafts, type ConnectionDraft } from './draft.js';
import { resolveConnection } from './resolve.js';

/**
 * The entry that stands for a connection in the connection file. Everything is spelled out, so that a later release
 * with other defaults leaves the integration as it is.
 */
export const toDraft = ({ apiVersion, server, client, certificate }: Connection): ConnectionDraft => ({
  apiVersion,
  server,
  client,
  certificate: savedCertificate(certificate),
});

/** The org decides how long a certificate of its own making is valid, and whom it names. */
function savedCertificate(certificate: CertificateSettings): ConnectionDraft['certificate'] {
  if (certificate.source !== 'platform') return certificate;
  const { source, name, keySize } = certificate;
  return { source, name, keySize };
}

/** Whether an entry already says all of a connection; the contact email may come from the org. */
export function impliesConnection(saved: ConnectionDraft, connection: Connection): boolean {
  const told = connection.server.type === 'salesforce' ? { contactEmail: connection.server.app.contactEmail } : {};
  const resolution = resolveConnection(connection.name, mergeDrafts({ server: { app: told } }, saved));
  return resolution.kind === 'complete' && isDeepStrictEqual(toDraft(resolution.connection), toDraft(connection));
}

/** What a draft says of a connection, without the fields that one of its types has no use for and the file would refuse. */
export const toldDraft = (draft: ConnectionDraft, connection: Connection): ConnectionDraft =>
  sharedFields(draft, toDraft(connection)) as ConnectionDraft;

function sharedFields(told: unknown, whole: unknown): unknown {
  if (!isPlainObject(told) || !isPlainObject(whole)) return told;
  const shared = Object.entries(told).filter(([name, value]) => value !== undefined && Object.hasOwn(whole, name));
  return Object.fromEntries(shared.map(([name, value]) => [name, sharedFields(value, whole[name])]));
}

const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
