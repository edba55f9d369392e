import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { expect } from 'chai';
import { compactVerify, decodeProtectedHeader, importSPKI, jwtVerify } from 'jose';
import { signAssertion, type AssertionInput } from '../../../src/verify/assertion.js';
import { keyMaterial, startOfTest } from './material.js';
import { rfc7515Key, rfc7515Signature, rfc7515SigningInput } from './rfc7515-vector.js';

const claims = {
  issuer: '3MVG9consumerKey',
  subject: 'integration@example.com',
  audience: 'https://acme.my.salesforce.com',
};

describe('signAssertion', () => {
  let privateKey: KeyObject;
  let publicKey: KeyObject;

  const inputWith = (change: Partial<AssertionInput> = {}): AssertionInput => ({
    privateKey,
    ...claims,
    lifetimeSeconds: 120,
    now: () => startOfTest,
    ...change,
  });

  const refusalOf = async (change: Partial<AssertionInput>): Promise<string> => {
    try {
      await signAssertion(inputWith(change));
    } catch (error) {
      expect(error).to.be.instanceOf(TypeError);
      return (error as TypeError).message;
    }
    return 'signed';
  };

  before(async () => {
    ({ privateKey } = await keyMaterial());
    publicKey = createPublicKey(privateKey);
  });

  it('carries the four claims of the flow and nothing else, with exp in seconds', async () => {
    const [, payload = ''] = (await signAssertion(inputWith())).split('.');

    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).to.deep.equal({
      iss: claims.issuer,
      sub: claims.subject,
      aud: claims.audience,
      exp: startOfTest.getTime() / 1000 + 120,
    });
  });

  it('says RS256 in its header and no more, as Salesforce Help shows it', async () => {
    expect(decodeProtectedHeader(await signAssertion(inputWith()))).to.deep.equal({ alg: 'RS256' });
  });

  it('rounds the time down, so that exp never lies over the cap', async () => {
    const now = () => new Date(startOfTest.getTime() + 999);
    const [, payload = ''] = (await signAssertion(inputWith({ now, lifetimeSeconds: 180 }))).split('.');

    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp: number };
    expect(exp).to.equal(startOfTest.getTime() / 1000 + 180);
  });

  it('is verified by the crypto module of Node', async () => {
    const parts = (await signAssertion(inputWith())).split('.');
    const signature = Buffer.from(parts[2] ?? '', 'base64url');

    expect(verify('RSA-SHA256', Buffer.from(parts.slice(0, 2).join('.')), publicKey, signature)).to.equal(true);
  });

  it('is verified by jose with all four claims, and not with the key of another', async () => {
    const assertion = await signAssertion(inputWith());
    const spki = await importSPKI(publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'RS256');
    const options = { ...claims, currentDate: startOfTest, requiredClaims: ['exp'] };
    const other = await keyMaterial('other');

    expect((await jwtVerify(assertion, spki, options)).payload.sub).to.equal(claims.subject);
    const isRefused = await compactVerify(assertion, other.certificate.publicKey).then(
      () => false,
      () => true,
    );
    expect(isRefused).to.equal(true);
  });

  it('signs with the key of RFC 7515 appendix A.2 as the oracle that reproduces its signature', async () => {
    const rfcKey = createPrivateKey({ key: rfc7515Key, format: 'jwk' });
    const oracle = (input: string): string => sign('RSA-SHA256', Buffer.from(input), rfcKey).toString('base64url');
    const [header, payload, signature] = (await signAssertion(inputWith({ privateKey: rfcKey }))).split('.');

    expect(oracle(rfc7515SigningInput) === rfc7515Signature).to.equal(true);
    expect(header).to.equal(rfc7515SigningInput.split('.')[0]);
    expect(signature === oracle(`${header}.${payload}`)).to.equal(true);
  });

  for (const lifetimeSeconds of [181, 0, -1, 1.5, Number.NaN]) {
    it(`refuses a lifetime of ${lifetimeSeconds} seconds`, async () => {
      expect(await refusalOf({ lifetimeSeconds })).to.equal('lifetimeSeconds must be a whole number from 1 to 180');
    });
  }

  for (const name of ['issuer', 'subject', 'audience'] as const) {
    it(`refuses an empty ${name}`, async () => {
      expect(await refusalOf({ [name]: '' })).to.equal('issuer, subject and audience must not be empty');
    });
  }

  it('refuses a key that is not RSA, a public key, and an RSA key below 2048 bits', async () => {
    const { privateKey: ec } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { privateKey: short } = generateKeyPairSync('rsa', { modulusLength: 1024 });

    expect(await refusalOf({ privateKey: ec })).to.equal('RS256 needs an RSA private key');
    expect(await refusalOf({ privateKey: publicKey })).to.equal('RS256 needs an RSA private key');
    expect(await refusalOf({ privateKey: short })).to.equal('RS256 needs an RSA key of at least 2048 bits');
  });
});
