import { X509Certificate } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Connection } from '../config/connection.js';
import { JwtError } from '../errors.js';
import { printable } from '../keys/printable.js';
import { privateFolder } from './private-folder.js';

/**
 * Reads the certificate that an earlier command made for a connection.
 *
 * @param now Unix time in milliseconds
 * @throws noCertificateYet, or what `readValidCertificate` throws
 */
export async function readConnectionCertificate(
  projectRoot: string,
  { name, certificate }: Connection,
  now: number,
): Promise<X509Certificate> {
  const path = join(privateFolder(projectRoot, name), `${certificate.name}.crt`);
  try {
    await access(path);
  } catch (cause) {
    throw new JwtError('noCertificateYet', [name, relative(projectRoot, path)], { cause });
  }
  return readValidCertificate(path, now);
}

/**
 * Reads a certificate, as PEM or DER, that is valid now.
 *
 * @param path The file as the user named it, for reading and for messages
 * @param now Unix time in milliseconds
 * @throws keyFileUnreadable, certificateMissing, certificateExpired, certificateNotYetValid
 */
export async function readValidCertificate(path: string, now: number): Promise<X509Certificate> {
  const certificate = parse(await read(path), path);
  if (Date.parse(certificate.validTo) < now) {
    throw new JwtError('certificateExpired', [printable(path), day(certificate.validTo)]);
  }
  if (Date.parse(certificate.validFrom) > now) {
    throw new JwtError('certificateNotYetValid', [printable(path), day(certificate.validFrom)]);
  }
  return certificate;
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new JwtError('keyFileUnreadable', [printable(path), isMissing ? 'there is no such file' : reasonOf(cause)], {
      cause,
    });
  }
}

function parse(bytes: Buffer, path: string): X509Certificate {
  try {
    return new X509Certificate(bytes);
  } catch (cause) {
    throw new JwtError('certificateMissing', [printable(path)], { cause });
  }
}

const day = (date: string): string => new Date(date).toISOString().slice(0, 10);

const reasonOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
