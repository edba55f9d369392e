import { JwtError } from '../errors.js';
import { certificatePem } from '../keys/encode-key-files.js';
import type { KeyMaterial } from '../keys/key-material.js';
import { readPrivateKey } from '../keys/stored-keys.js';
import type { KnownFacts } from '../plan/deploy-groups.js';
import type { ApplyContext } from './context.js';
import { openNamedKeyMaterial } from './named-key-material.js';

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
 * @throws JwtError `keyDiffers` where a killed run left another key; why the key material is refused
 */
export async function adoptKey(context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  const { connection, projectRoot, privateFolder, now } = context;
  const { certificate, name } = connection;
  const material = await openWithPassword(context, (password) =>
    openNamedKeyMaterial(certificate, projectRoot, { password, now: now() }),
  );
  const present = await readPrivateKey(privateFolder, certificate.name);
  if (present && !material.certificate.checkPrivateKey(present)) {
    const files = `.sf/jwt/${name}/${certificate.name}.*`;
    throw new JwtError('keyDiffers', [name, 'your files hold another key', `${name}-2`, files]);
  }
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
