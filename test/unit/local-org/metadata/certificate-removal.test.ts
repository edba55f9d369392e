import { expect } from 'chai';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { openMetadataOrg, type MetadataOrg } from './metadata-org.js';
import { packageXml } from './metadata-xml.js';
import { certificateFiles } from './sample-files.js';

const removal = { 'destructiveChangesPre.xml': packageXml({ Certificate: ['crm'] }) };

describe('local-org/metadata: certificates that are deleted', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  const remove = () => local.deploy(removal, { manifest: packageXml({}) });

  it('gets a new pair where one deploy deletes it and makes it again', async () => {
    await local.deploy(certificateFiles);
    const before = local.org.keyPairs.get('crm')!.certificatePem;
    const manifest = packageXml({ Certificate: ['crm'] });
    expect((await local.deploy({ ...removal, ...certificateFiles }, { manifest })).status).to.equal('Succeeded');
    const { certificatePem, privateKeyPem } = local.org.keyPairs.get('crm')!;
    expect(certificatePem === before, 'the old certificate').to.equal(false);
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.checkPrivateKey(createPrivateKey(privateKeyPem)), 'key of the certificate').to.equal(true);
    const [row] = local.org.records.all('Certificate');
    expect(row!['CertificateChain']).to.equal(certificatePem);
    const { 'certs/crm.crt': back } = await local.retrieve({ Certificate: ['crm'] });
    expect(back).to.equal(certificatePem);
  });

  it('has a pair where another request deletes it while a deploy makes the pair of another certificate', async () => {
    await local.deploy(certificateFiles);
    const other = Object.fromEntries(
      Object.entries(certificateFiles).map(([path, content]) => [path.replace('crm', 'erp'), content]),
    );
    const deployed = local.deploy({ ...certificateFiles, ...other });
    const removed = remove();
    expect([(await deployed).status, (await removed).status]).to.deep.equal(['Succeeded', 'Succeeded']);
    for (const { fullName } of local.org.components.all('Certificate')) {
      expect(local.org.keyPairs.has(fullName), fullName).to.equal(true);
    }
    expect(local.org.components.all('Certificate')).to.have.length(2);
  });
});
