import { resolve } from 'node:path';
import type { CertificateSettings } from '../config/connection.js';
import { JwtError } from '../errors.js';
import { adoptKeyMaterial } from '../keys/adopt.js';
import type { InputFile } from '../keys/key-file.js';
import type { KeyMaterial } from '../keys/key-material.js';
import { readInputFile } from '../keys/read-input-file.js';

/**
 * Opens the key material that a connection with the source `existing` names: a PEM pair, a PKCS#12 or a JKS.
 *
 * @throws JwtError `existingKeyNotNamed`, or why the files are refused
 */
export async function openNamedKeyMaterial(
  { files }: CertificateSettings,
  projectRoot: string,
  { password, now }: { readonly password: string | undefined; readonly now: Date },
): Promise<KeyMaterial> {
  if (!files?.store && !(files?.key && files.certificate)) throw new JwtError('existingKeyNotNamed');
  const [key, certificate, store] = await Promise.all(
    [files.key, files.certificate, files.store].map((path) => readNamed(projectRoot, path)),
  );
  return adoptKeyMaterial({
    ...(store ? { store } : { ...(key && { key }), ...(certificate && { certificate }) }),
    ...(password === undefined ? {} : { password }),
    now,
  });
}

/** A path counts from the project, as it stands in the connection file; messages show it as it was given. */
async function readNamed(projectRoot: string, path: string | undefined): Promise<InputFile | undefined> {
  if (path === undefined) return undefined;
  const { bytes } = await readInputFile(resolve(projectRoot, path));
  return { path, bytes };
}
