import type { KeyObject } from 'node:crypto';
import { createHash, createPublicKey, randomBytes, X509Certificate } from 'node:crypto';
import { BitString, Integer, ObjectIdentifier, OctetString, PrintableString, Sequence, Set, Utf8String } from 'asn1js';
import {
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  Time,
  TimeType,
} from 'pkijs';
import type { Subject } from '../config/connection.js';
import type { KeyMaterial } from './key-material.js';
import { sha256WithRsa, signDer } from './sign-der.js';
import { alternativeNames } from './alternative-names.js';
import { checkSubject, subjectAttributes, subjectEntries } from './subject.js';

export type CertifyOptions = {
  readonly subject: Subject;
  /** From now on; the certificate begins a few minutes earlier. */
  readonly validDays: number;
  readonly now: Date;
  /** DNS names and IP addresses of the TLS server that it is for; without them it is for a key that signs JWTs. */
  readonly hosts?: readonly string[];
  readonly random?: (size: number) => Uint8Array;
};

/** So that a server whose clock is behind takes the certificate at once. */
const clockSkewMs = 5 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;
/** 128 bits, as the CA/Browser Forum and RFC 5280 section 4.1.2.2 (at most 20 octets) leave room for. */
const serialBytes = 16;

/**
 * Makes a self-signed X.509 v3 certificate (RFC 5280, SHA-256 with RSA) for an RSA key.
 * @throws JwtError `subjectRefused`
 */
export function selfSign(privateKey: KeyObject, options: CertifyOptions): KeyMaterial {
  const publicKeyDer = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const publicKey = PublicKeyInfo.fromBER(publicKeyDer);
  const name = distinguishedName(checkSubject(options.subject));
  const notBefore = Math.floor((options.now.getTime() - clockSkewMs) / 1000) * 1000;
  const notAfter = Math.floor((options.now.getTime() + options.validDays * dayMs) / 1000) * 1000;
  const certificate = new Certificate({
    version: 2,
    serialNumber: serialNumber(options.random ?? randomBytes),
    signature: sha256WithRsa(),
    subject: name,
    issuer: name,
    notBefore: time(new Date(notBefore)),
    notAfter: time(new Date(notAfter)),
    subjectPublicKeyInfo: publicKey,
    extensions: [...extensions(publicKey), ...(options.hosts ? serverExtensions(options.hosts) : [])],
  });
  return { privateKey, certificate: new X509Certificate(signDer(certificate.encodeTBS(), privateKey)), chain: [] };
}

/**
 * The subject as a sequence of sets of one attribute each; RFC 4514 text names the last one first. pkijs itself would put all
 * attributes into one set.
 */
function distinguishedName(subject: Subject): RelativeDistinguishedNames {
  const sets = subjectEntries(subject).map(([attribute, value]) => {
    const type = new ObjectIdentifier({ value: subjectAttributes[attribute].oid });
    // RFC 5280 appendix A: a country is a PrintableString; section 4.1.2.4: everything else is UTF-8.
    const encoded = attribute === 'C' ? new PrintableString({ value }) : new Utf8String({ value });
    return new Set({ value: [new Sequence({ value: [type, encoded] })] });
  });
  return RelativeDistinguishedNames.fromBER(new Sequence({ value: sets.reverse() }).toBER());
}

/** Positive and not zero. */
function serialNumber(random: (size: number) => Uint8Array): Integer {
  const number = BigInt(`0x${Buffer.from(random(serialBytes)).toString('hex')}`);
  return Integer.fromBigInt(number === 0n ? 1n : number);
}

/** RFC 5280 section 4.1.2.5: two digits for the year until 2049, four from 2050 on. */
function time(value: Date): Time {
  return new Time({ type: value.getUTCFullYear() < 2050 ? TimeType.UTCTime : TimeType.GeneralizedTime, value });
}

/** A key that signs and nothing else: digitalSignature, no CA. */
function extensions(publicKey: PublicKeyInfo): Extension[] {
  const digitalSignature = new BitString({ valueHex: Uint8Array.of(0x80), unusedBits: 7 });
  const keyId = createHash('sha1').update(publicKey.subjectPublicKey.valueBlock.valueHexView).digest();
  return [
    extension('2.5.29.19', true, new BasicConstraints({ cA: false }).toSchema()),
    extension('2.5.29.15', true, digitalSignature),
    extension('2.5.29.14', false, new OctetString({ valueHex: keyId })),
  ];
}

/** TLS clients compare the names of a server with these and not with the subject (RFC 9525 section 2). */
function serverExtensions(hosts: readonly string[]): Extension[] {
  return [
    extension('2.5.29.17', false, alternativeNames(hosts).toSchema()),
    extension('2.5.29.37', false, new ExtKeyUsage({ keyPurposes: ['1.3.6.1.5.5.7.3.1'] }).toSchema()),
  ];
}

function extension(extnID: string, critical: boolean, value: { toBER(sizeOnly: boolean): ArrayBuffer }): Extension {
  return new Extension({ extnID, critical, extnValue: value.toBER(false) });
}
