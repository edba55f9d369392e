import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from '../config/connection.js';

/** Path of the file, relative to the project, with `/`; undefined for a connection whose certificate needs no file. */
const publicCertificatePath = ({ name, server, certificate }: Connection): string | undefined =>
  server.type === 'oauth2' && certificate.source === 'platform' ? `.sf/jwt/${name}/${certificate.name}.crt` : undefined;

/**
 * Keeps the certificate that the client org made as a file, for whoever registers it at a server that is no org. Holds
 * no secret; a later certificate takes its place.
 */
export async function keepPublicCertificate(
  connection: Connection,
  projectRoot: string,
  certificatePem: string | undefined,
): Promise<void> {
  const path = publicCertificatePath(connection);
  if (path === undefined || certificatePem === undefined) return;
  const file = join(projectRoot, path);
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present !== certificatePem) await writeFile(file, certificatePem, { mode: 0o644 });
}
