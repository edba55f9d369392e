import type { Connection } from '@salesforce/core';
import type { CertificateEntry } from './gateway.js';
import { soql } from './soql.js';

type IdRow = { Id: string };

/** The newest one first: the Tooling API may give out certificates that were deleted (seen in the field). */
export async function findCertificate(
  connection: Connection,
  developerName: string,
): Promise<CertificateEntry | undefined> {
  const { records } = await connection.tooling.query<IdRow>(
    soql`SELECT Id FROM Certificate WHERE DeveloperName = ${developerName} ORDER BY CreatedDate DESC LIMIT 1`,
  );
  const id = records[0]?.Id;
  return id === undefined ? undefined : { id };
}

export async function hasCertificates(connection: Connection): Promise<boolean> {
  const { records } = await connection.tooling.query<IdRow>('SELECT Id FROM Certificate LIMIT 1');
  return records.length > 0;
}

/** An org without the object has no Platform Cache, or its user may not see it. */
export async function findCachePartition(
  connection: Connection,
  developerName: string,
): Promise<'present' | 'missing' | 'unavailable'> {
  try {
    const { records } = await connection.tooling.query<IdRow>(
      soql`SELECT Id FROM PlatformCachePartition WHERE DeveloperName = ${developerName}`,
    );
    return records.length > 0 ? 'present' : 'missing';
  } catch (error) {
    if (error instanceof Error && 'errorCode' in error && error.errorCode === 'INVALID_TYPE') return 'unavailable';
    throw error;
  }
}
