import { X509Certificate, type KeyObject } from 'node:crypto';
import type { Check } from './check.js';
import { failed, passed, skipped, warning, type Finding, type Seen } from './finding.js';

const dayMilliseconds = 86_400_000;

/** Salesforce mails about certificates of its own that expire, not about those uploaded to an app: we warn instead. */
const warningDays = 30;

const makeNewPair =
  'Make a new pair and put its certificate into the app: sf jwt key create --output-dir . --name my_cert';

/** Whether the key can sign, and belongs to the certificate where there is one. The value is the key to sign with. */
export function lookAtKey(privateKey?: KeyObject, certificate?: X509Certificate): Seen<KeyObject> {
  if (!privateKey) return { finding: skipped('The private key is not here, so nothing can be signed with it.') };
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = privateKey;
  const bits = details?.modulusLength ?? 0;
  if (type !== 'rsa' || bits < 2048) {
    const seen = type === 'rsa' ? `an RSA key of ${bits} bits` : `a key of type ${type}`;
    return { finding: failed(`This is ${seen}; RS256 needs an RSA key of at least 2048 bits.`, [makeNewPair]) };
  }
  if (!certificate) {
    return { finding: skipped('No certificate was given to compare the key with.'), value: privateKey };
  }
  if (!certificate.checkPrivateKey(privateKey)) {
    return {
      finding: failed('The private key does not belong to the certificate.', [
        'Compare both: sf jwt key inspect --file my_cert.key, then --file my_cert.crt; the fingerprints of the public key must be equal.',
        'Name the key and the certificate that were made together.',
      ]),
    };
  }
  return { finding: passed(`The RSA key of ${bits} bits belongs to the certificate.`), value: privateKey };
}

const makeNewPairInOrg =
  'Make a new pair under another name: change certificate.name of the connection in config/jwt-connections.json, then sf jwt setup --connection MY_CONNECTION';

/**
 * Whether a certificate is valid now, and for how long (RFC 5280 section 4.1.2.5).
 *
 * @param renewal how to come by another pair
 */
export function lookAtValidity(
  certificate: X509Certificate | undefined,
  now: Date,
  renewal: string = makeNewPair,
): Finding {
  if (!certificate) return skipped('No certificate was given, so its validity is not known.');
  const { validFromDate: from, validToDate: to } = certificate;
  if (now < from) {
    return failed(`The certificate is valid from ${dayOf(from)} on only.`, [
      'Check the date and time of this machine.',
      renewal,
    ]);
  }
  if (now > to) return failed(`The certificate expired on ${dayOf(to)}.`, [renewal]);
  const daysLeft = Math.floor((to.getTime() - now.getTime()) / dayMilliseconds);
  const detail = `The certificate is valid until ${dayOf(to)} (${inDays(daysLeft)}).`;
  return daysLeft < warningDays ? warning(detail, [`Renew it in time. ${renewal}`]) : passed(detail);
}

/** A certificate by its name in Certificate and Key Management, and what the client org has of it. */
export type CertificateInOrg = {
  readonly name: string;
  /** Undefined where the org has none of that name. */
  readonly pem: string | undefined;
};

/** Whether the certificate that a client org alone can sign with is valid now. */
export function certificateValidCheck({ name, pem }: CertificateInOrg, now: Date): Check {
  const certificate = parseCertificate(pem);
  if (certificate) return { name: 'certificate-valid', ...lookAtValidity(certificate, now, makeNewPairInOrg) };
  const absence =
    pem === undefined
      ? `The client org has no certificate ${name}.`
      : `The certificate ${name} of the client org cannot be read.`;
  return { name: 'certificate-valid', ...skipped(absence) };
}

/**
 * Whether the certificate in the app is the one that signs now.
 *
 * @param deployedPem what was deployed with the app: an External Client App never gives it back.
 * @param inOrg the certificate as the org that signs has it
 */
export function certificateInAppCheck(deployedPem: string, inOrg: CertificateInOrg): Check {
  const name = 'certificate-in-app';
  if (inOrg.pem === undefined) {
    return {
      name,
      ...failed(cannotSign(inOrg), [
        'Deploy the client side of the connection again: sf jwt setup --connection MY_CONNECTION',
      ]),
    };
  }
  const [deployed, current] = [parseCertificate(deployedPem), parseCertificate(inOrg.pem)];
  if (!deployed || !current) {
    const side = deployed ? 'from the client org' : 'of the app';
    return { name, ...failed(`The certificate ${side} cannot be read.`, [redeployApp]) };
  }
  if (deployed.fingerprint256 !== current.fingerprint256) {
    const detail = `The app has the certificate ${shortOf(deployed)}, but ${shortOf(current)} signs.`;
    return { name, ...failed(detail, [redeployApp]) };
  }
  return { name, ...passed(`The app has the certificate that signs, ${shortOf(current)}.`) };
}

/**
 * Whether the client org has the certificate with which it shall sign, for checks that have nothing in an app to compare.
 *
 * @param inOrg the certificate as the client org has it
 * @param ownPem the certificate of the key on this machine, where it is to be the same.
 */
export function certificateInOrgCheck(inOrg: CertificateInOrg, ownPem?: string): Check {
  const name = 'client-org-certificate';
  if (inOrg.pem === undefined) return { name, ...failed(cannotSign(inOrg), [bringCertificate]) };
  const current = parseCertificate(inOrg.pem);
  if (!current) return { name, ...failed('The certificate from the client org cannot be read.', [bringCertificate]) };
  if (ownPem === undefined) return { name, ...passed(`The client org has the certificate, ${shortOf(current)}.`) };
  const own = parseCertificate(ownPem);
  if (own?.fingerprint256 === current.fingerprint256) {
    return { name, ...passed(`The client org has the certificate that belongs to the key here, ${shortOf(current)}.`) };
  }
  const ours = own ? shortOf(own) : 'one that cannot be read';
  return {
    name,
    ...failed(`The client org has the certificate ${shortOf(current)}, but the key here belongs to ${ours}.`, [
      'Take the certificate out of the client org (Setup > Certificate and Key Management), where nothing else uses it, and import the keystore of the connection: sf jwt setup --connection MY_CONNECTION',
    ]),
  };
}

const cannotSign = ({ name }: CertificateInOrg): string =>
  `The client org has no certificate ${name}, so it cannot sign.`;

const bringCertificate = 'Bring the certificate into the client org: sf jwt setup --connection MY_CONNECTION';

const redeployApp = 'Put the current certificate into the app: sf jwt setup --connection MY_CONNECTION';

/** Undefined where the text is no certificate. */
export function parseCertificate(pem: string | undefined): X509Certificate | undefined {
  try {
    return pem === undefined ? undefined : new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

const shortOf = (certificate: X509Certificate): string => `SHA-256 ${certificate.fingerprint256.slice(0, 23)}…`;

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

const inDays = (days: number): string => (days === 1 ? '1 day left' : `${days} days left`);
