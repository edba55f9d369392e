import { X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { assembleEntries, isIssuedBy, issuersOf } from '../../../src/keys/chain.js';
import { createKeyMaterial } from '../../../src/keys/create.js';
import { fixture, now } from './fixture.js';

function certificate(name: string): X509Certificate {
  return new X509Certificate(Buffer.from(fixture(name).bytes));
}

describe('chain of certificates', () => {
  it('goes by name and signature, whatever the key usage says', () => {
    expect(isIssuedBy(certificate('signed.crt'), certificate('ca.crt'))).to.equal(true);
    expect(isIssuedBy(certificate('ca.crt'), certificate('signed.crt'))).to.equal(false);
  });

  it('is not fooled by an issuer of the same name with a key of another type', async () => {
    const namesake = await createKeyMaterial({ keySize: 2048, validDays: 1, subject: { CN: 'ec' }, now });
    expect(namesake.certificate.issuer).to.equal(certificate('ec.crt').subject);
    expect(isIssuedBy(namesake.certificate, certificate('ec.crt'))).to.equal(false);
    expect(issuersOf(namesake.certificate, [certificate('ec.crt')])).to.deep.equal([]);
  });

  it('ends at a certificate that signed itself', () => {
    const ca = certificate('ca.crt');
    expect(issuersOf(certificate('signed.crt'), [certificate('rsa.crt'), ca])).to.deep.equal([ca]);
    expect(issuersOf(ca, [ca])).to.deep.equal([]);
  });

  it('groups certificates without keys: leaves with their issuers', () => {
    const loose = ['ca.crt', 'signed.crt', 'ec.crt'].map((name) => ({ certificate: certificate(name), alias: name }));
    const entries = assembleEntries([], loose).map(({ alias, certificates }) => [alias, certificates.length]);
    expect(entries).to.deep.equal([
      ['signed.crt', 2],
      ['ec.crt', 1],
    ]);
  });
});
