import { expect } from 'chai';
import { runQuery } from '../../../../src/local-org/soql/run.js';
import { field, objectFile, recordFile, settingsFields as fields } from './client-files.js';
import { openMetadataOrg, zipOf, type MetadataOrg } from './metadata-org.js';
import { metadataXml, packageXml, type Files } from './metadata-xml.js';

const key = { Key__c: 'string:k' };
const object = 'ErpSettings__mdt';

describe('local-org/metadata: custom metadata types', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  const names = (type: string) => local.org.components.all(type).map(({ fullName }) => fullName);
  const query = (soql: string) =>
    runQuery(local.org, soql, { basePath: '/services/data/v67.0', tooling: false }) as {
      records: readonly Record<string, unknown>[];
    };

  it('deploys a type, its fields and a record at once, a message for each', async () => {
    const { details, status } = await local.deploy({ ...objectFile(fields), ...recordFile(key) });
    expect(details.componentFailures).to.deep.equal([]);
    expect(status).to.equal('Succeeded');
    const messages = details.componentSuccesses.map(({ componentType, fullName, fileName }) => [
      componentType,
      fullName,
      fileName,
    ]);
    expect(messages).to.deep.include(['CustomObject', object, `objects/${object}.object`]);
    expect(messages).to.deep.include(['CustomField', `${object}.Key__c`, `objects/${object}.object`]);
    expect(messages).to.deep.include([
      'CustomMetadata',
      'ErpSettings.Default',
      'customMetadata/ErpSettings.Default.md',
    ]);
    expect(names('CustomField')).to.have.length(fields.length);
  });

  it('gives back an object with its fields, in the order of their names, and a field without the others', async () => {
    await local.deploy({ ...objectFile([...fields].reverse()), ...recordFile(key) });
    const whole = await local.retrieve({ CustomObject: [object], CustomMetadata: ['*'] });
    const found = [...whole[`objects/${object}.object`]!.matchAll(/<fullName>(\w+)<\/fullName>/g)].map(
      ([, name]) => name,
    );
    expect(found).to.deep.equal(fields.map(({ fullName }) => fullName));
    expect(whole[`objects/${object}.object`]).to.match(/<\/fields>\s+<label>Erp Settings<\/label>/);
    expect(whole['customMetadata/ErpSettings.Default.md']).to.include('<value xsi:type="xsd:string">k</value>');
    expect(whole['customMetadata/ErpSettings.Default.md']).to.include('<protected>false</protected>');
    const one = await local.retrieve({ CustomField: [`${object}.Key__c`, `${object}.Note__c`] });
    expect([...one[`objects/${object}.object`]!.matchAll(/<fields>/g)]).to.have.length(2);
    expect(one[`objects/${object}.object`]).not.to.include('<pluralLabel>');
  });

  it('takes what it gave back as unchanged', async () => {
    await local.deploy({ ...objectFile(fields), ...recordFile(key) });
    const files = await local.retrieve({ CustomObject: ['*'], CustomMetadata: ['*'] });
    const again = await local.deployZip(zipOf(files));
    const components = again.details.componentSuccesses.filter(({ componentType }) => componentType !== '');
    expect(components).to.have.length(fields.length + 2);
    expect(components.filter(({ changed }) => changed)).to.deep.equal([]);
  });

  it('adds a field to a type of the org, of which nothing else is deployed', async () => {
    await local.deploy({ ...objectFile(), ...recordFile() });
    const added: Files = {
      [`objects/${object}.object`]: metadataXml(
        'CustomObject',
        '<fields><fullName>New__c</fullName><label>New</label><length>5</length><type>Text</type></fields>',
      ),
    };
    const manifest = packageXml({ CustomField: [`${object}.New__c`] });
    expect(await local.problems(added, { manifest })).to.deep.equal([]);
    expect(names('CustomField')).to.deep.equal([`${object}.Key__c`, `${object}.New__c`]);
    expect((await local.retrieve({ CustomObject: [object] }))[`objects/${object}.object`]).to.include('<pluralLabel>');
    expect(query(`SELECT Key__c, New__c FROM ${object}`).records).to.deep.include({
      attributes: { type: object, url: `/services/data/v67.0/sobjects/${object}/${idOfRecord()}` },
      Key__c: 'k',
      New__c: null,
    });
  });

  const idOfRecord = () => local.org.records.all(object)[0]!.Id;

  it('refuses a field that no package.xml names, and a member that is not in the file', async () => {
    const manifest = packageXml({ CustomField: [`${object}.Key__c`, `${object}.Gone__c`] });
    await local.deploy(objectFile());
    expect(await local.problems(objectFile([field('Key__c'), field('More__c')]), { manifest })).to.have.members([
      `An object '${object}.Gone__c' of type CustomField was named in package.xml, but was not found in zipped directory`,
      'Not in package.xml',
    ]);
  });

  it('names one fault where the file of an object cannot be read', async () => {
    const broken = { [`objects/${object}.object`]: '<CustomObject>' };
    const manifest = packageXml({ CustomObject: [object], CustomField: [`${object}.Key__c`] });
    expect(await local.problems(broken, { manifest })).to.have.length(1);
  });

  it('answers queries for records, with values in their types', async () => {
    const values = {
      ...key,
      Day__c: 'date:2026-06-01',
      Moment__c: 'dateTime:2026-06-01T10:00:00.000Z',
      Note__c: 'nil',
      Seconds__c: 'double:180.0',
    };
    await local.deploy({ ...objectFile(fields), ...recordFile(values) });
    const soql = `SELECT DeveloperName, MasterLabel, QualifiedApiName, Active__c, Day__c, Key__c, Moment__c, Note__c, Seconds__c FROM erpsettings__MDT WHERE Seconds__c > 100`;
    const [{ attributes, ...row } = {}] = query(soql).records;
    expect(attributes).to.include({ type: object });
    expect(row).to.deep.equal({
      DeveloperName: 'Default',
      MasterLabel: 'Default',
      QualifiedApiName: 'Default',
      Active__c: true,
      Day__c: '2026-06-01',
      Key__c: 'k',
      Moment__c: '2026-06-01T10:00:00.000+0000',
      Note__c: null,
      Seconds__c: 180,
    });
    expect(idOfRecord()).to.match(/^m00\w{15}$/);
    expect(() => query(`SELECT Nothing__c FROM ${object}`)).to.throw("No such column 'Nothing__c'");
    expect(() => query('SELECT Id FROM Other__mdt')).to.throw("sObject type 'Other__mdt' is not supported");
  });

  it('answers with no rows where a type has no records', async () => {
    await local.deploy(objectFile());
    expect(query(`SELECT Key__c FROM ${object}`).records).to.deep.equal([]);
  });

  it('takes fields, records and rows along when a type is deleted', async () => {
    await local.deploy({ ...objectFile(), ...recordFile() });
    await local.deploy(
      { 'destructiveChanges.xml': packageXml({ CustomObject: [object] }) },
      { manifest: packageXml({}) },
    );
    expect(local.org.components.types()).to.deep.equal([]);
    expect(local.org.records.all(object)).to.deep.equal([]);
  });

  it('is read, listed, described and saved through the calls for single components', async () => {
    await local.deploy(objectFile());
    const read = await local.soap('readMetadata', `<type>CustomObject</type><fullNames>${object}</fullNames>`);
    expect(read.text).to.include(`<fullName>${object}</fullName>`).and.include('<fields><fullName>Key__c</fullName>');
    const one = await local.soap('readMetadata', `<type>CustomField</type><fullNames>${object}.Key__c</fullNames>`);
    expect(one.text).to.include(`xsi:type="CustomField"><fullName>${object}.Key__c</fullName>`);
    const list = await local.soap('listMetadata', '<queries><type>CustomField</type></queries>');
    expect(list.text).to.include(`<fileName>objects/${object}.object</fileName><fullName>${object}.Key__c</fullName>`);
    const described = await local.soap('describeMetadata');
    expect(described.text).to.match(
      /<childXmlNames>CustomField<\/childXmlNames>(<childXmlNames>\w+<\/childXmlNames>)*<directoryName>objects</,
    );
    expect(described.text).not.to.include('<xmlName>CustomField</xmlName>');
    const saved = await local.soap(
      'upsertMetadata',
      `<metadata xsi:type="CustomObject"><fullName>Other__mdt</fullName><fields><fullName>A__c</fullName><label>A</label><type>Url</type></fields><label>O</label><pluralLabel>Os</pluralLabel></metadata>`,
    );
    expect(saved.text).to.include('<success>true</success>');
    expect(names('CustomField')).to.include('Other__mdt.A__c');
  });

  it('takes every other way to write a value', async () => {
    const values = {
      ...key,
      Day__c: 'dateTime:2026-06-01T10:00:00Z',
      Moment__c: 'date:2026-06-01',
      Seconds__c: 'string:42',
    };
    const prefix = 'xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    const [[path = '', xml = ''] = []] = Object.entries(recordFile(values, { declarations: prefix }));
    const record = { [path]: xml.replaceAll('"xsd:', '"x:') };
    expect(await local.problems({ ...objectFile(fields), ...record })).to.deep.equal([]);
    expect(local.org.records.all(object)[0]).to.include({ Day__c: '2026-06-01', Seconds__c: 42 });
    const { 'customMetadata/ErpSettings.Default.md': stored = '' } = await local.retrieve({ CustomMetadata: ['*'] });
    expect(stored).to.include('<value xsi:type="xsd:date">2026-06-01</value>');
  });
});
