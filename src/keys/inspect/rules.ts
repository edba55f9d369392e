import type { X509Certificate } from 'node:crypto';
import { certificateFacts } from '../certificate-facts.js';
import { belongsTo, isIssuedBy } from '../chain.js';
import { describeKey, expiryDate, isKeySize } from '../describe-key.js';
import type { KeyEntry, KeyFileContents, KeyFileKind } from '../key-file.js';
import { developerNameFaults } from '../key-name.js';
import { printable } from '../printable.js';

export type RuleStatus = 'met' | 'broken' | 'unchecked';

export type Verdict = { readonly status: RuleStatus; readonly detail: string };

/** What the rules judge. */
export type Inspected = {
  readonly contents: KeyFileContents;
  /** Bytes of the file. */
  readonly size: number;
  readonly now: Date;
};

/** A condition under which Salesforce imports a file. */
export type ImportRule = {
  readonly name: string;
  readonly kinds: readonly KeyFileKind[];
  readonly title: string;
  /** Whether the rule is about a file of these kinds with such contents; without it, about all of them. */
  readonly concerns?: (contents: KeyFileContents) => boolean;
  readonly judge: (inspected: Inspected) => Verdict;
};

const stores: readonly KeyFileKind[] = ['jks', 'pkcs12'];
const withKey: readonly KeyFileKind[] = [...stores, 'private-key', 'pem-bundle'];
const withCertificate: readonly KeyFileKind[] = [...stores, 'certificate', 'pem-bundle'];
const everything: readonly KeyFileKind[] = [...withKey, 'certificate', 'certificate-request'];

/** Salesforce Help (Connected App fields): the certificate of an app has at most 4 KB. */
const maxCertificateBytes = 4096;

/**
 * The rules of "Export and Import Certificates and Keys" and "Create a Connected App" in Salesforce Help, and what is known
 * of imports in the field. Assumption: an entry more than the one of the private key may be imported under its own name, so
 * that exactly one is asked for.
 */
export const importRules: readonly ImportRule[] = [
  { name: 'store-is-jks', kinds: stores, title: 'The store is a JKS', judge: isJks },
  { name: 'store-intact', kinds: stores, title: 'The seal of the store fits', judge: isIntact },
  { name: 'one-private-key', kinds: stores, title: 'The store has one private key entry', judge: hasOneKey },
  {
    name: 'key-password',
    kinds: stores,
    title: 'The password of the key is that of the store',
    judge: hasOnePassword,
  },
  { name: 'alias-lower-case', kinds: stores, title: 'The alias is in lower case', judge: hasLowerCaseAlias },
  {
    name: 'alias-developer-name',
    kinds: stores,
    title: 'The alias is a valid developer name',
    judge: hasDeveloperName,
  },
  { name: 'key-rsa', kinds: everything, title: 'The key is an RSA key', judge: isRsa },
  { name: 'key-size', kinds: everything, title: 'The key has 2048, 3072 or 4096 bits', judge: hasGoodSize },
  { name: 'key-pkcs8', kinds: stores, title: 'The key is PKCS#8', judge: isPkcs8 },
  {
    name: 'key-matches-certificate',
    kinds: [...stores, 'pem-bundle'],
    title: 'The key belongs to the certificate and its chain',
    concerns: hasKeyIfBundle,
    judge: matchesChain,
  },
  {
    name: 'certificate-chain',
    kinds: ['pem-bundle'],
    title: 'The certificates are one and its issuers',
    concerns: (contents) => !hasKeyIfBundle(contents),
    judge: isOneChain,
  },
  { name: 'certificate-valid', kinds: withCertificate, title: 'The certificate is valid today', judge: isValidNow },
  {
    name: 'certificate-size',
    kinds: ['certificate', 'pem-bundle'],
    title: 'An app takes the file: at most 4 KB',
    judge: isSmall,
  },
];

function isJks({ contents }: Inspected): Verdict {
  return contents.kind === 'jks' ? met('JKS') : broken('this is a PKCS#12, which Salesforce does not import');
}

function isIntact({ contents }: Inspected): Verdict {
  if (contents.integrity === 'verified') return met('verified with the password');
  return contents.integrity === 'unchecked' ? unchecked() : broken('the store has no seal');
}

function hasOneKey({ contents }: Inspected): Verdict {
  const keys = keyEntries(contents).length;
  if (keys === 0) return broken('there is no private key entry');
  if (contents.entries.length === 1) return met('one');
  return broken(`there are ${contents.entries.length} entries, ${keys} of them with a private key; keep one`);
}

function hasOnePassword({ contents }: Inspected): Verdict {
  return overKeys(contents, ({ key }) => {
    if (key?.state !== 'locked') return met('the same');
    return key.reason === 'password-needed' ? unchecked() : broken('the key has another password');
  });
}

function hasLowerCaseAlias({ contents }: Inspected): Verdict {
  return overKeys(contents, ({ alias = '' }) =>
    alias === alias.toLowerCase()
      ? met(`"${printable(alias)}"`)
      : broken(`"${printable(alias)}" has capitals, and Java does not find such an entry`),
  );
}

function hasDeveloperName({ contents }: Inspected): Verdict {
  return overKeys(contents, ({ alias = '' }) => {
    const faults = developerNameFaults(alias);
    return faults.length === 0 ? met(`"${printable(alias)}"`) : broken(`"${printable(alias)}": ${faults.join(', ')}`);
  });
}

function isRsa({ contents }: Inspected): Verdict {
  return overPublicKeys(contents, (type) => (type === 'RSA' ? met(type) : broken(`its type is ${type}`)));
}

function hasGoodSize({ contents }: Inspected): Verdict {
  return overPublicKeys(contents, (type, bits) => {
    if (isKeySize(bits)) return met(`${bits} bits`);
    return broken(bits === undefined ? `its type is ${type}` : `it has ${bits} bits`);
  });
}

/** A key that is open was read as PKCS#8; one of another form makes a damaged store. */
function isPkcs8({ contents }: Inspected): Verdict {
  return overKeys(contents, ({ key }) => (key?.state === 'open' ? met('PKCS#8') : unchecked()));
}

function matchesChain({ contents }: Inspected): Verdict {
  return overKeys(contents, ({ key, certificates }) => {
    const [certificate] = certificates;
    if (certificate === undefined) return broken('the key has no certificate');
    if (key?.state === 'open' && !belongsTo(certificate, key.privateKey)) {
      return broken('the key does not belong to the certificate');
    }
    const gap = certificates.findIndex((one, index) => !isLinked(one, certificates[index + 1]));
    if (gap !== -1) return broken(`certificate ${gap + 1} of the chain is not issued by the next one`);
    return key?.state === 'open' ? met('they belong together') : unchecked();
  });
}

/** An app takes a certificate without its key, so that a bundle needs none. */
function hasKeyIfBundle(contents: KeyFileContents): boolean {
  return contents.kind !== 'pem-bundle' || keyEntries(contents).length > 0;
}

/** The reader puts a certificate and its issuers into one entry; what is left over makes another one. */
function isOneChain({ contents: { entries } }: Inspected): Verdict {
  const stray = entries[1]?.certificates[0];
  if (stray === undefined) return met('they are');
  return broken(`"${certificateFacts(stray).subject}" did not issue the first; keep one certificate and its issuers`);
}

function isLinked(certificate: X509Certificate, next: X509Certificate | undefined): boolean {
  return next === undefined || isIssuedBy(certificate, next);
}

function isValidNow({ contents, now }: Inspected): Verdict {
  const certificates = contents.entries.flatMap((entry) => entry.certificates.slice(0, 1));
  return worst(
    certificates.map(({ validFromDate, validToDate }) => {
      if (validToDate <= now) return broken(`it expired on ${expiryDate(validToDate)}`);
      if (validFromDate > now) return broken(`it is valid from ${expiryDate(validFromDate)} on only`);
      return met(`until ${expiryDate(validToDate)}`);
    }),
    'there is no certificate',
  );
}

function isSmall({ size }: Inspected): Verdict {
  return size <= maxCertificateBytes ? met(`${size} bytes`) : broken(`it has ${size} bytes`);
}

function overKeys(contents: KeyFileContents, judge: (entry: KeyEntry) => Verdict): Verdict {
  return worst(keyEntries(contents).map(judge), 'there is no private key');
}

function overPublicKeys(
  contents: KeyFileContents,
  judge: (type: string, bits: number | undefined) => Verdict,
): Verdict {
  const entries = keyEntries(contents).length > 0 ? keyEntries(contents) : contents.entries;
  const keys = entries.flatMap(({ key, certificates: [certificate] }) => {
    if (key?.state === 'open') return [key.privateKey];
    return certificate === undefined ? [] : [certificate.publicKey];
  });
  const all = contents.request === undefined ? keys : [...keys, contents.request.publicKey];
  return worst(
    all.map((key) => {
      const { type, bits } = describeKey(key);
      return judge(type, bits);
    }),
    'there is no key to look at',
  );
}

function keyEntries(contents: KeyFileContents): readonly KeyEntry[] {
  return contents.entries.filter((entry) => entry.key !== undefined);
}

/** One broken verdict breaks the rule, one unchecked leaves it open. */
function worst(verdicts: readonly Verdict[], ifNone: string): Verdict {
  const byStatus = (status: RuleStatus): Verdict | undefined => verdicts.find((verdict) => verdict.status === status);
  return byStatus('broken') ?? byStatus('unchecked') ?? verdicts[0] ?? broken(ifNone);
}

function met(detail: string): Verdict {
  return { status: 'met', detail };
}

function broken(detail: string): Verdict {
  return { status: 'broken', detail };
}

function unchecked(): Verdict {
  return { status: 'unchecked', detail: 'only the password can tell' };
}
