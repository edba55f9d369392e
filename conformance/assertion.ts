import { createSign } from 'node:crypto';
import type { KeyMaterial } from '../src/keys/key-material.js';
import type { Answer, OrgUnderTest } from './org-under-test.js';

export const jwtBearerGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

export type Claims = Readonly<Record<string, unknown>>;

/** Claims that an org grants a token for, where the app is approved. @param consumerKey Of the app */
export function grantClaims(org: OrgUnderTest, consumerKey: string): Claims {
  return { iss: consumerKey, sub: org.username, aud: org.instanceUrl, exp: Math.floor(Date.now() / 1000) + 180 };
}

/** A JWT in compact form (RFC 7515 section 7.1). Whatever the header says, the signature is that of RS256. */
export function signedJwt({ privateKey }: KeyMaterial, claims: Claims, header: Claims = { alg: 'RS256' }): string {
  const encode = (value: Claims): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createSign('RSA-SHA256').update(input).sign(privateKey, 'base64url')}`;
}

/** Exchanges an assertion at the org's own token endpoint. */
export async function askForToken(org: OrgUnderTest, assertion: string): Promise<Answer> {
  return postToken(org, { grant_type: jwtBearerGrant, assertion });
}

export async function postToken(org: OrgUnderTest, form: Readonly<Record<string, string>>): Promise<Answer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(form).toString();
  return org.request('POST', '/services/oauth2/token', { headers, body, session: null });
}

/** The token of an answer. @throws Error where there is none */
export function tokenIn({ text }: Answer): string {
  const value = JSON.parse(text) as { readonly access_token?: unknown };
  if (typeof value.access_token === 'string') return value.access_token;
  throw new Error('The token endpoint gave no token.');
}
