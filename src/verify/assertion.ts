import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Claims } from '../config/connection.js';

/** Salesforce Help, "OAuth 2.0 JWT Bearer Flow": `exp` must lie within 3 minutes. */
const maxLifetimeSeconds = 180;

/** Below the cap, so that a clock that is a little fast still stays within it. */
export const defaultLifetimeSeconds = 120;

export type AssertionInput = {
  /** In memory only. An RSA key of at least 2048 bits (RFC 7518 section 3.3). */
  readonly privateKey: KeyObject;
  /** Consumer key of the app. */
  readonly issuer: string;
  /** Username of the integration user. */
  readonly subject: string;
  /** URL of the authorization server. */
  readonly audience: string;
  readonly lifetimeSeconds: number;
  /** Claims besides those above, for servers that want some. */
  readonly claims?: Claims;
  readonly now: () => Date;
};

/**
 * Signs the assertion of the JWT bearer flow (RFC 7523 section 3) with RS256. Times are whole seconds since 1970 (RFC 7519
 * section 2, NumericDate), never milliseconds.
 *
 * @returns the compact serialization (RFC 7515 section 3.1). It is a secret until it expires.
 * @throws TypeError when a claim is empty, the key cannot sign RS256 or the lifetime is over three minutes.
 */
export async function signAssertion(input: AssertionInput): Promise<string> {
  refuseBadInput(input);
  const issuedAt = Math.floor(input.now().getTime() / 1000);
  return new SignJWT({ ...input.claims })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(input.issuer)
    .setSubject(input.subject)
    .setAudience(input.audience)
    .setExpirationTime(issuedAt + input.lifetimeSeconds)
    .sign(input.privateKey);
}

function refuseBadInput({ privateKey, issuer, subject, audience, lifetimeSeconds }: AssertionInput): void {
  refuseBadKey(privateKey);
  if (!issuer || !subject || !audience) throw new TypeError('issuer, subject and audience must not be empty');
  if (!Number.isInteger(lifetimeSeconds) || lifetimeSeconds < 1 || lifetimeSeconds > maxLifetimeSeconds) {
    throw new TypeError(`lifetimeSeconds must be a whole number from 1 to ${maxLifetimeSeconds}`);
  }
}

function refuseBadKey(privateKey: KeyObject): void {
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyType !== 'rsa') {
    throw new TypeError('RS256 needs an RSA private key');
  }
  if ((privateKey.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) {
    throw new TypeError('RS256 needs an RSA key of at least 2048 bits');
  }
}
