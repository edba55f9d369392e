import { expect } from 'chai';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { externalCredentialFile, namedCredentialFile } from './client-files.js';
import { openMetadataOrg, type MetadataOrg } from './metadata-org.js';
import { metadataXml, packageXml, type Files } from './metadata-xml.js';
import { certificateFiles } from './sample-files.js';

const removal = { 'destructiveChangesPre.xml': packageXml({ Certificate: ['crm'] }) };

const afterwards = { 'destructiveChangesPost.xml': packageXml({ Certificate: ['crm'] }) };

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

  const inUse = (user: string) => `The certificate crm is in use and cannot be deleted: ${user}`;
  const provider = (enabled: boolean): Files => ({
    'settings/IdentityProvider.settings': metadataXml(
      'IdentityProviderSettings',
      '<certificateName>CRM</certificateName>',
      `<enableIdentityProvider>${String(enabled)}</enableIdentityProvider>`,
    ),
  });
  const legacy: Files = {
    'namedCredentials/Old.namedCredential': metadataXml(
      'NamedCredential',
      '<certificate>crm</certificate>',
      '<endpoint>https://erp.example</endpoint>',
      '<label>Old</label>',
      '<principalType>Anonymous</principalType>',
      '<protocol>NoAuthentication</protocol>',
    ),
  };
  const users: readonly (readonly [string, Files, Record<string, string[]>])[] = [
    ['Settings IdentityProvider', provider(true), {}],
    ['ExternalCredential Erp', externalCredentialFile(), { ExternalCredential: ['Erp'] }],
    ['NamedCredential Old', legacy, { NamedCredential: ['Old'] }],
  ];
  for (const [user, files, members] of users) {
    it(`stays as long as it is used: ${user}`, async () => {
      await local.deploy({ ...certificateFiles, ...files });
      const { status, details } = await remove();
      expect(status).to.equal('Failed');
      expect(details.componentFailures.map(({ problem }) => problem)).to.deep.equal([inUse(user)]);
      await local.deploy(removal, { manifest: packageXml({}), options: { rollbackOnError: false } });
      const { text } = await local.soap('deleteMetadata', '<type>Certificate</type><fullNames>CRM</fullNames>');
      expect(text).to.include(inUse(user).replace('crm', 'CRM')).and.include('DEPENDENCY_EXISTS');
      expect(local.org.keyPairs.has('crm')).to.equal(true);
      const both = { 'destructiveChangesPre.xml': packageXml({ Certificate: ['crm'], ...members }) };
      const release = user.startsWith('Settings') ? { ...provider(false), ...afterwards } : both;
      const manifest = packageXml(user.startsWith('Settings') ? { Settings: ['IdentityProvider'] } : {});
      expect((await local.deploy(release, { manifest })).status).to.equal('Succeeded');
      expect(local.org.keyPairs.has('crm')).to.equal(false);
    });
  }

  it('can be deleted where a credential does not name it', async () => {
    await local.deploy({ ...certificateFiles, ...externalCredentialFile(), ...namedCredentialFile() });
    const other = Object.fromEntries(
      Object.entries(certificateFiles).map(([path, content]) => [path.replace('crm', 'erp'), content]),
    );
    await local.deploy(other);
    const gone = { 'destructiveChanges.xml': packageXml({ Certificate: ['erp'] }) };
    expect((await local.deploy(gone, { manifest: packageXml({}) })).status).to.equal('Succeeded');
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
