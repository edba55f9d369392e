import type { KeyObject, X509Certificate } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import type { EntryKey, KeyEntry } from './key-file.js';

/** A key or a certificate as a file holds it, before it is known which belong together. */
export type LooseKey = { readonly key: EntryKey; readonly alias?: string; readonly localKeyId?: string };
export type LooseCertificate = {
  readonly certificate: X509Certificate;
  readonly alias?: string;
  readonly localKeyId?: string;
};

/** Whether a certificate is made for this private key. */
export function belongsTo(certificate: X509Certificate, privateKey: KeyObject): boolean {
  return createPublicKey(privateKey).equals(certificate.publicKey);
}

/** Whether the second certificate issued and signed the first. Key usage does not count: Salesforce Help asks for none. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.issuer === issuer.subject && certificate.verify(issuer.publicKey);
}

/** The issuers of a certificate among others, nearest first. */
export function issuersOf(leaf: X509Certificate, pool: readonly X509Certificate[]): readonly X509Certificate[] {
  const chain: X509Certificate[] = [leaf];
  for (let current: X509Certificate | undefined = leaf; current !== undefined;) {
    const last: X509Certificate = current;
    current = pool.find((candidate) => !chain.includes(candidate) && isIssuedBy(last, candidate));
    if (current !== undefined) chain.push(current);
  }
  return chain.slice(1);
}

/** Puts keys, their certificates and the issuers of these together; certificates that belong to no key come last. */
export function assembleEntries(
  keys: readonly LooseKey[],
  certificates: readonly LooseCertificate[],
): readonly KeyEntry[] {
  const pool = certificates.map((loose) => loose.certificate);
  const keyEntries = keys.map((loose): KeyEntry => {
    const own = certificateOf(loose, certificates, keys.length === 1);
    const chain = own === undefined ? [] : [own.certificate, ...issuersOf(own.certificate, pool)];
    return { alias: loose.alias ?? own?.alias, key: loose.key, certificates: chain };
  });
  const used = new Set(keyEntries.flatMap((entry) => entry.certificates));
  return [...keyEntries, ...certificateEntries(certificates.filter((loose) => !used.has(loose.certificate)))];
}

function certificateEntries(loose: readonly LooseCertificate[]): readonly KeyEntry[] {
  const leaf = firstLeaf(loose);
  if (leaf === undefined) return [];
  const pool = loose.map((one) => one.certificate);
  const entry = { alias: leaf.alias, certificates: [leaf.certificate, ...issuersOf(leaf.certificate, pool)] };
  return [entry, ...certificateEntries(loose.filter((one) => !entry.certificates.includes(one.certificate)))];
}

function certificateOf(
  { key, localKeyId }: LooseKey,
  certificates: readonly LooseCertificate[],
  isOnlyKey: boolean,
): LooseCertificate | undefined {
  return (
    certificates.find((loose) => localKeyId !== undefined && loose.localKeyId === localKeyId) ??
    certificates.find((loose) => key.state === 'open' && belongsTo(loose.certificate, key.privateKey)) ??
    (isOnlyKey ? firstLeaf(certificates) : undefined)
  );
}

/** The first certificate that issued none of the others. */
function firstLeaf(certificates: readonly LooseCertificate[]): LooseCertificate | undefined {
  const isIssuer = ({ certificate }: LooseCertificate): boolean =>
    certificates.some((other) => other.certificate !== certificate && isIssuedBy(other.certificate, certificate));
  return certificates.find((loose) => !isIssuer(loose)) ?? certificates[0];
}
