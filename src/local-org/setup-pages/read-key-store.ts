import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { belongsTo, isIssuedBy } from '../../keys/chain.js';
import { describeKey, isKeySize } from '../../keys/describe-key.js';
import { decodeJks, jksMagic, type JksKeyEntry } from '../../keys/jks/codec.js';
import { jksSealFits } from '../../keys/jks/integrity.js';
import { unprotectKey } from '../../keys/jks/key-protector.js';
import { parseCertificate } from '../../keys/parse-certificate.js';
import { ImportRefusal, refusals } from './import-refusal.js';

/** One private key of a store, with its certificate and the issuers of that. */
export type ImportedKey = {
  readonly alias: string;
  readonly privateKey: KeyObject;
  readonly chain: readonly [X509Certificate, ...X509Certificate[]];
};

/** Names the store in errors; nobody sees it. */
const path = 'keystore';

/**
 * Reads the private keys of a JKS under Salesforce's rules for imports. Assumption: that a certificate has expired is no reason
 * for a refusal.
 *
 * @throws ImportRefusal
 */
export function readKeyStore(bytes: Uint8Array, password: string): readonly ImportedKey[] {
  if (bytes.length < 4 || Buffer.from(bytes).readUInt32BE() !== jksMagic) throw new ImportRefusal(refusals.notJks);
  const { entries, sealed, seal } = damagedIfFails(() => decodeJks({ path, bytes }));
  if (!jksSealFits(sealed, seal, password)) throw new ImportRefusal(refusals.passwordWrong);
  // Java looks aliases up in lower case, so that it finds no entry whose alias has a capital.
  const keyEntries = entries.filter(
    (entry): entry is JksKeyEntry => entry.kind === 'private-key' && entry.alias === entry.alias.toLowerCase(),
  );
  if (keyEntries.length === 0) throw new ImportRefusal(refusals.noPrivateKey);
  // Java never writes such a store: an alias is the key of a table.
  if (new Set(entries.map(({ alias }) => alias)).size < entries.length) throw new ImportRefusal(refusals.damaged);
  return keyEntries.map((entry) => readKey(entry, password));
}

function readKey({ alias, protectedKey, chain }: JksKeyEntry, password: string): ImportedKey {
  const unprotected = unprotectKey(protectedKey, password);
  if (unprotected.outcome === 'malformed') throw new ImportRefusal(refusals.damaged);
  if (unprotected.outcome === 'wrong-password') throw new ImportRefusal(refusals.keyPasswordDiffers(alias));
  const privateKey = openPkcs8(unprotected.pkcs8);
  const { type, bits } = describeKey(privateKey);
  if (type !== 'RSA') throw new ImportRefusal(refusals.notRsa);
  if (!isKeySize(bits)) throw new ImportRefusal(refusals.keySize);
  const [certificate, ...issuers] = damagedIfFails(() => chain.map((der) => parseCertificate(der, path)));
  if (!certificate) throw new ImportRefusal(refusals.noPrivateKey);
  if (!belongsTo(certificate, privateKey) || !isLinked([certificate, ...issuers])) {
    throw new ImportRefusal(refusals.chainDiffers);
  }
  return { alias, privateKey, chain: [certificate, ...issuers] };
}

function openPkcs8(der: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  } catch {
    throw new ImportRefusal(refusals.notPkcs8);
  }
}

function isLinked(chain: readonly X509Certificate[]): boolean {
  return chain.every((certificate, index) => {
    const issuer = chain[index + 1];
    return issuer === undefined || isIssuedBy(certificate, issuer);
  });
}

function damagedIfFails<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new ImportRefusal(refusals.damaged);
  }
}
