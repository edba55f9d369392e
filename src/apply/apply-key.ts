import { resolve } from 'node:path';
import { JwtError } from '../errors.js';
import { adoptKeyMaterial } from '../keys/adopt.js';
import { certificatePem } from '../keys/encode-key-files.js';
import type { InputFile } from '../keys/key-file.js';
import type { KeyMaterial } from '../keys/key-material.js';
import { readInputFile } from '../keys/read-input-file.js';
import { readPrivateKey } from '../keys/stored-keys.js';
import type { KnownFacts } from '../plan/deploy-groups.js';
import type { ApplyContext } from './context.js';

/** Makes a key pair and its certificate; a key that a killed run left without a certificate gets one. */
export async function createKey(context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  const { keySize, validDays, subject, name } = context.connection.certificate;
  const present = await readPrivateKey(context.privateFolder, name);
  const [{ createKeyMaterial }, { certifyKey }] = await Promise.all([
    import('../keys/create.js'),
    import('../keys/certify.js'),
  ]);
  const options = { validDays, subject, now: context.now() };
  const material = present ? await certifyKey(present, options) : await createKeyMaterial({ keySize, ...options });
  return keep(material, context, facts);
}

/**
 * Takes over a key pair that the user brings: a PEM pair, a PKCS#12 or a JKS.
 *
 * @throws JwtError `existingKeyNotNamed`, or why the key material is refused
 */
export async function adoptKey(context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  const { files } = context.connection.certificate;
  if (!files?.store && !(files?.key && files.certificate)) throw new JwtError('existingKeyNotNamed');
  const [key, certificate, store] = await Promise.all(
    [files.key, files.certificate, files.store].map((path) => readNamed(context, path)),
  );
  const material = await openWithPassword(context, (password) =>
    adoptKeyMaterial({
      ...(store ? { store } : { ...(key && { key }), ...(certificate && { certificate }) }),
      ...(password === undefined ? {} : { password }),
      now: context.now(),
    }),
  );
  return keep(material, context, facts);
}

/** Asks a person for the password only once it is known that one is needed. */
async function openWithPassword(
  { storePassword }: ApplyContext,
  open: (password: string | undefined) => Promise<KeyMaterial>,
): Promise<KeyMaterial> {
  const given = await storePassword.given();
  try {
    return await open(given);
  } catch (error) {
    const isNeeded = error instanceof JwtError && error.key === 'keyPasswordNeeded' && given === undefined;
    const asked = isNeeded ? await storePassword.ask() : undefined;
    if (asked === undefined) throw error;
    return open(asked);
  }
}

async function readNamed({ projectRoot }: ApplyContext, path: string | undefined): Promise<InputFile | undefined> {
  if (path === undefined) return undefined;
  const { bytes } = await readInputFile(resolve(projectRoot, path));
  return { path, bytes };
}

/** Writes what is not there yet: a file that an earlier run wrote stays as it is. */
async function keep(material: KeyMaterial, context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  const [{ encodeKeyFiles }, { missingKeyFiles, writeKeyFiles }] = await Promise.all([
    import('../keys/encode-key-files.js'),
    import('../keys/write-key-files.js'),
  ]);
  const password = await context.storePassword.given();
  const files = await encodeKeyFiles(context.connection.certificate.name, material, {
    ...(password === undefined ? {} : { password }),
    now: context.now(),
  });
  await writeKeyFiles(context.privateFolder, await missingKeyFiles(context.privateFolder, files));
  return { ...facts, certificatePem: certificatePem(material.certificate) };
}
