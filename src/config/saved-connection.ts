import { isDeepStrictEqual } from 'node:util';
import type { Connection } from './connection.js';
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
  certificate,
});

/** Whether an entry already says all of a connection; the contact email may come from the org. */
export function impliesConnection(saved: ConnectionDraft, connection: Connection): boolean {
  const told = connection.server.type === 'salesforce' ? { contactEmail: connection.server.app.contactEmail } : {};
  const resolution = resolveConnection(connection.name, mergeDrafts({ server: { app: told } }, saved));
  return resolution.kind === 'complete' && isDeepStrictEqual(resolution.connection, connection);
}
