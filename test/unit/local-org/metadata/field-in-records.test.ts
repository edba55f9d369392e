import { expect } from 'chai';
import { field, objectFile, recordFile } from './client-files.js';
import { openMetadataOrg, type MetadataOrg } from './metadata-org.js';
import { packageXml } from './metadata-xml.js';

const object = 'ErpSettings__mdt';

describe('local-org/metadata: fields that come and go under a record', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  const row = () => local.org.records.all(object)[0]!;
  const note = field('Note__c');

  it('takes the values of a deleted field along, so that the record can be deployed as it is retrieved', async () => {
    const fields = objectFile([field('Key__c'), note]);
    await local.deploy({ ...fields, ...recordFile({ Key__c: 'string:k', Note__c: 'string:old' }) });
    const gone = { 'destructiveChanges.xml': packageXml({ CustomField: [`${object}.note__C`] }) };
    expect((await local.deploy(gone, { manifest: packageXml({}) })).status).to.equal('Succeeded');
    const path = 'customMetadata/ErpSettings.Default.md';
    const { [path]: back = '' } = await local.retrieve({ CustomMetadata: ['*'] });
    expect(back).to.include('Key__c').and.not.include('Note__c');
    expect(await local.problems({ [path]: back })).to.deep.equal([]);
    await local.deploy(fields);
    expect(row()).to.include({ Key__c: 'k', Note__c: null });
  });

  it('gives a field that comes later the value of an empty one', async () => {
    await local.deploy({ ...objectFile(), ...recordFile() });
    const later = [field('Key__c'), note, field('Active__c', { defaultValue: 'true', type: 'Checkbox' })];
    await local.deploy(objectFile(later));
    expect(row()).to.include({ Key__c: 'k', Note__c: null, Active__c: true });
  });
});
