import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { createKeyMaterial } from '../../keys/create.js';
import { json, type RouteHandler } from '../http.js';
import type { LocalOrg, OrgKeyPair } from '../model.js';

/** Key ids of tokens that are JWTs look like `CORE_ATJWT.00D….1725579420125` (SalesforceMobileSDK, its test tokens). */
const prefix = 'CORE_ATJWT.';

export type TokenKey = { readonly keyId: string; readonly privateKey: KeyObject };

const pending = new WeakMap<LocalOrg, Promise<TokenKey>>();

/**
 * The key with which an org signs access tokens, made when it is first asked for. It is kept with the pairs of certificates,
 * under its key id: no certificate can have such a name.
 */
export function tokenKeyOf(org: LocalOrg): Promise<TokenKey> {
  const known = pending.get(org) ?? findOrMake(org);
  pending.set(org, known);
  return known;
}

/** `GET /id/keys`: the public keys for tokens of the org (RFC 7517). */
export const publishKeys: RouteHandler = async (_, org) => {
  await tokenKeyOf(org);
  const keys = tokenPairs(org).map(([kid, { certificatePem }]) => {
    const { publicKey } = new X509Certificate(certificatePem);
    return { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
  });
  return json(200, { keys });
};

async function findOrMake(org: LocalOrg): Promise<TokenKey> {
  const [[keyId, pair] = await makePair(org)] = tokenPairs(org);
  return { keyId, privateKey: createPrivateKey(pair.privateKeyPem) };
}

function tokenPairs(org: LocalOrg): readonly (readonly [string, OrgKeyPair])[] {
  return [...org.keyPairs].filter(([name]) => name.startsWith(prefix));
}

async function makePair(org: LocalOrg): Promise<readonly [string, OrgKeyPair]> {
  const keyId = `${prefix}${org.id.slice(0, 15)}.${org.now()}`;
  const { privateKey, certificate } = await createKeyMaterial({
    keySize: 2048,
    subject: { CN: keyId },
    validDays: 3650,
    now: new Date(org.now()),
  });
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const pair = { privateKeyPem, certificatePem: certificate.toString() };
  org.keyPairs.set(keyId, pair);
  return [keyId, pair];
}
