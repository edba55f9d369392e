import { expect } from 'chai';
import {
  calloutPermissionSet,
  classFile,
  externalCredentialFile,
  namedCredentialFile,
  objectFile,
  recordFile,
} from './client-files.js';
import { openMetadataOrg, type MetadataOrg } from './metadata-org.js';
import { packageXml, type Files } from './metadata-xml.js';
import { certificateFiles, externalClientAppFiles, permissionSetFile } from './sample-files.js';

/** The same files with another spelling of a name, in paths and contents. */
function spelled(files: Files, from: string, to: string): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [path.replace(from, to), content.replaceAll(from, to)]),
  );
}

describe('local-org/metadata: the case of names', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  const names = (type: string) => local.org.components.all(type).map(({ fullName }) => fullName);

  it('takes a redeploy in another spelling for the same component, and keeps the first spelling', async () => {
    const files = { ...certificateFiles, ...permissionSetFile };
    await local.deploy(files);
    const { certificatePem } = local.org.keyPairs.get('crm')!;
    const [row] = local.org.records.all('Certificate');
    const other = {
      ...spelled(certificateFiles, 'crm', 'CRM'),
      ...spelled(permissionSetFile, 'Crm_Access', 'CRM_ACCESS'),
    };
    expect((await local.deploy(other)).status).to.equal('Succeeded');
    expect(names('Certificate')).to.deep.equal(['crm']);
    expect([...local.org.keyPairs.keys()]).to.deep.equal(['crm']);
    expect(local.org.keyPairs.get('CRM')!.certificatePem).to.equal(certificatePem);
    expect(local.org.records.all('Certificate').map(({ Id }) => Id)).to.deep.equal([row!.Id]);
    expect(local.org.records.all('PermissionSet').filter(({ Name }) => /^crm_/i.test(String(Name)))).to.have.length(1);
    const back = await local.retrieve({ Certificate: ['Crm'] });
    expect(Object.keys(back)).to.include('certs/crm.crt');
  });

  it('refuses two spellings in one deploy', async () => {
    const result = await local.deploy({ ...certificateFiles, ...spelled(certificateFiles, 'crm', 'CRM') });
    expect(result.details.componentFailures[0]?.problem).to.match(/^The zip file holds ".*" twice$/);
    expect(names('Certificate')).to.deep.equal([]);
  });

  it('finds what a component names in another spelling', async () => {
    const files = {
      ...certificateFiles,
      ...spelled(externalCredentialFile(), '<certificate>crm', '<certificate>CRM'),
      ...spelled(namedCredentialFile(), '<externalCredential>Erp', '<externalCredential>ERP'),
      ...calloutPermissionSet(['ERP-INTEGRATION'], ['ERPCLIENT']),
      ...classFile('ErpClient', 'class ErpClient {}'),
    };
    expect(await local.problems(files)).to.deep.equal([]);
    expect(await local.problems(calloutPermissionSet(['Erp-Integration', 'ERP-INTEGRATION']))).to.deep.equal([
      'Duplicate externalCredentialPrincipal: ERP-INTEGRATION',
    ]);
  });

  it('knows the parts of an app by its name in another spelling, and takes them along when it is deleted', async () => {
    await local.deploy({ ...externalClientAppFiles(), ...permissionSetFile });
    const parts = Object.entries(externalClientAppFiles()).filter(([path]) => !path.startsWith('externalClientApps/'));
    const other = spelled(
      Object.fromEntries(parts),
      '<externalClientApplication>Crm',
      '<externalClientApplication>CRM',
    );
    expect(await local.problems(other)).to.deep.equal([]);
    await local.deploy(
      { 'destructiveChanges.xml': packageXml({ ExternalClientApplication: ['cRM'], PermissionSet: ['CRM_access'] }) },
      { manifest: packageXml({}) },
    );
    expect(local.org.components.types()).to.deep.equal([]);
  });

  it('knows a custom metadata type and its records by any spelling', async () => {
    await local.deploy({ ...objectFile(), ...recordFile() });
    const lower = {
      ...spelled(objectFile(), 'ErpSettings', 'erpsettings'),
      ...recordFile({ Key__c: 'string:z' }, { name: 'ERPSETTINGS.DEFAULT' }),
    };
    expect(await local.problems(lower)).to.deep.equal([]);
    expect(names('CustomObject')).to.deep.equal(['ErpSettings__mdt']);
    expect(names('CustomField')).to.deep.equal(['ErpSettings__mdt.Key__c']);
    expect(names('CustomMetadata')).to.deep.equal(['ErpSettings.Default']);
    expect(local.org.records.all('ErpSettings__mdt').map((row) => row['Key__c'])).to.deep.equal(['z']);
    const added = await local.deploy(recordFile({ Key__c: 'string:y' }, { name: 'erpSettings.Second' }));
    expect(added.status).to.equal('Succeeded');
    expect(names('CustomMetadata')).to.include('ErpSettings.Second');
  });

  it('keeps a class under its name, whatever the new spelling of its source', async () => {
    await local.deploy(classFile('ErpClient', 'class ErpClient {}'));
    expect((await local.deploy(classFile('ERPCLIENT', 'class ERPCLIENT {}'))).status).to.equal('Succeeded');
    expect(names('ApexClass')).to.deep.equal(['ErpClient']);
    expect(local.org.records.all('ApexClass')).to.have.length(1);
  });

  it('deletes by any spelling', async () => {
    await local.deploy(certificateFiles);
    await local.deploy(
      { 'destructiveChanges.xml': packageXml({ Certificate: ['CRM'] }) },
      { manifest: packageXml({}) },
    );
    expect([names('Certificate'), local.org.keyPairs.size]).to.deep.equal([[], 0]);
    expect(local.org.records.all('Certificate')).to.deep.equal([]);
  });
});
