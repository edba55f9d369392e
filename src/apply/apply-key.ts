import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { JwtError } from '../errors.js';
import { adoptKeyMaterial } from '../keys/adopt.js';
import { certifyKey, createKeyMaterial } from '../keys/create.js';
import { encodeKeyFiles, findKeyFiles, readPrivateKey, writeKeyFiles } from '../keys/key-files.js';
import type { KeyMaterial } from '../keys/key-material.js';
import type { KnownFacts } from '../plan/deploy-groups.js';
import type { ApplyContext } from './context.js';

/** Makes a key pair and its certificate; a key that a killed run left without a certificate gets one. */
export async function createKey(context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  const { keySize, validDays, subject, name } = context.connection.certificate;
  const { hasKey } = await findKeyFiles(context.privateFolder, name);
  const validity = { validDays, subject, now: context.now() };
  const material = hasKey
    ? await certifyKey(await readPrivateKey(context.privateFolder, name), validity)
    : await createKeyMaterial({ keySize, ...validity });
  return keep(material, context, facts);
}

/** Takes over a key pair that the user brings: a PEM pair, a PKCS#12 or a JKS. */
export async function adoptKey(context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  const { files } = context.connection.certificate;
  if (!files?.store && !(files?.key && files.certificate)) throw new JwtError('existingKeyNotNamed');
  const material = await adoptKeyMaterial({
    key: await readNamed(context, files.key),
    certificate: await readNamed(context, files.certificate),
    store: await readNamed(context, files.store),
    password: context.storePassword,
    now: context.now(),
  });
  return keep(material, context, facts);
}

async function readNamed(
  { projectRoot }: ApplyContext,
  path: string | undefined,
): Promise<{ name: string; content: Buffer } | undefined> {
  if (path === undefined) return undefined;
  try {
    return { name: path, content: await readFile(resolve(projectRoot, path)) };
  } catch (error) {
    throw new JwtError('fileUnreadable', [path, error instanceof Error ? error.message : String(error)], {
      cause: error,
    });
  }
}

async function keep(material: KeyMaterial, context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  const password = await context.storePassword();
  const files = await encodeKeyFiles(context.connection.certificate.name, material, { password });
  await writeKeyFiles(context.privateFolder, files, { keepExisting: true });
  return { ...facts, certificatePem: material.certificate.toString() };
}
