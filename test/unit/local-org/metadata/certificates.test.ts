import { expect } from 'chai';
import { createSign, createVerify, X509Certificate } from 'node:crypto';
import { createKeyMaterial } from '../../../../src/keys/create.js';
import { openMetadataOrg, type MetadataOrg } from './metadata-org.js';
import { certificateFiles, metadataXml } from './sample-files.js';

describe('local-org/metadata: a Certificate', () => {
  let local: MetadataOrg;
  let pem: string;

  before(async () => {
    const subject = { CN: 'crm' };
    const { certificate } = await createKeyMaterial({ keySize: 2048, subject, validDays: 30, now: new Date() });
    pem = certificate.toString().trim();
  });
  beforeEach(() => void (local = openMetadataOrg()));

  const pair = () => local.org.keyPairs.get('crm');

  it('is made by the org, whatever content comes with it', async () => {
    await local.deploy({ ...certificateFiles, 'certs/crm.crt': pem });
    const stored = local.org.components.get('Certificate', 'crm')?.files.get('certs/crm.crt');
    const certificate = new X509Certificate(Buffer.from(stored ?? []));
    expect(certificate.fingerprint256 === new X509Certificate(pem).fingerprint256).to.equal(false);
    expect(certificate.subject.split('\n').sort()).to.deep.equal(
      ['CN=crm', 'L=San Francisco', 'O=Salesforce.com', `OU=${local.org.id}`].sort(),
    );
    const signature = createSign('RSA-SHA256').update('x').sign(pair()!.privateKeyPem);
    expect(createVerify('RSA-SHA256').update('x').verify(certificate.publicKey, signature)).to.equal(true);
  });

  it('keeps its keys on redeploy, and loses them when it is deleted', async () => {
    await local.deploy(certificateFiles);
    const before = pair()?.certificatePem;
    const { details } = await local.deploy(certificateFiles);
    expect(details.componentSuccesses.at(-1)).to.include({ changed: false });
    expect(pair()?.certificatePem === before).to.equal(true);
    await local.soap('deleteMetadata', '<type>Certificate</type><fullNames>crm</fullNames>');
    expect(local.org.keyPairs.size).to.equal(0);
    expect(local.org.records.all('Certificate')).to.deep.equal([]);
  });

  for (const [size, days] of [
    ['2048', 365],
    ['4096', 730],
  ] as const) {
    it(`with ${size} bits lasts ${days} days, and has a row`, async () => {
      const meta = metadataXml(
        'Certificate',
        '<caSigned>false</caSigned>',
        `<keySize>${size}</keySize>`,
        '<masterLabel>Crm</masterLabel>',
      );
      await local.deploy({ 'certs/crm.crt': '', 'certs/crm.crt-meta.xml': meta });
      const [row] = local.org.records.all('Certificate');
      expect(row).to.include({
        DeveloperName: 'crm',
        MasterLabel: 'Crm',
        KeySize: Number(size),
        OptionsIsCaSigned: false,
      });
      expect(row?.Id).to.match(/^0P1/);
      const expires = new Date(local.clock + days * 24 * 60 * 60 * 1000).toISOString();
      expect(row?.['ExpirationDate']).to.equal(expires.replace('Z', '+0000'));
      expect(row?.['CertificateChain'] === pair()?.certificatePem).to.equal(true);
    });
  }

  for (const [what, line, problem] of [
    ['a key size that orgs do not make', '<keySize>3072</keySize>', 'Key size must be 2048 or 4096'],
    ['a signing request', '<caSigned>true</caSigned>', 'A local org makes self-signed certificates only'],
    ['a long label', `<masterLabel>${'x'.repeat(65)}</masterLabel>`, 'Label: data value too large'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const lines = ['<caSigned>false</caSigned>', '<keySize>2048</keySize>', '<masterLabel>x</masterLabel>'].map(
        (one) => (one.slice(0, 5) === line.slice(0, 5) ? line : one),
      );
      const files = { 'certs/crm.crt': '', 'certs/crm.crt-meta.xml': metadataXml('Certificate', ...lines) };
      const problems = await local.problems(files);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.include(problem);
    });
  }
});
