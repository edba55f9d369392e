import { expect } from 'chai';
import { field, objectFile, recordFile, settingsFields as fields } from './client-files.js';
import { openMetadataOrg, type MetadataOrg } from './metadata-org.js';
import { metadataXml, packageXml, type Files } from './metadata-xml.js';

const key = { Key__c: 'string:k' };
const object = 'ErpSettings__mdt';

describe('local-org/metadata: custom metadata types that orgs refuse', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  const names = (type: string) => local.org.components.all(type).map(({ fullName }) => fullName);

  const types: readonly (readonly [string, Files, readonly string[]])[] = [
    [
      'a custom object without a name field',
      objectFile([], [], 'Invoice__c'),
      ['Must specify a nameField of type Text or AutoNumber'],
    ],
    [
      'what only other objects have',
      objectFile([], ['<deploymentStatus>Deployed</deploymentStatus>']),
      ['Cannot specify: deploymentStatus for Custom Metadata Type'],
    ],
    [
      'what a local org does not keep',
      objectFile([], ['<enableFeeds>false</enableFeeds>']),
      ['A local org does not keep enableFeeds of a custom metadata type'],
    ],
    [
      'fields of a type that is refused',
      objectFile(fields.slice(1, 2), ['<enableSearch>true</enableSearch>']),
      ['Cannot specify: enableSearch for Custom Metadata Type', 'Parent entity failed to deploy'],
    ],
    [
      'a type without labels',
      { [`objects/${object}.object`]: metadataXml('CustomObject', '<visibility>Public</visibility>') },
      [
        'Must specify a non-empty label for the CustomObject',
        'Must specify a non-empty plural label for the CustomObject',
      ],
    ],
    [
      'an element that no object has',
      objectFile([], ['<gadget>x</gadget>']),
      [
        'Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}gadget invalid at this location in type CustomObject',
      ],
    ],
    [
      'a field of a type that custom metadata types cannot have',
      objectFile([field('Price__c', { type: 'Currency' })]),
      [`Type Currency of CustomMetadataField ${object}.Price__c is not supported for the Entity ${object}`],
    ],
    [
      'a field of a type that a local org does not keep',
      objectFile([field('Other__c', { type: 'MetadataRelationship' })]),
      ['A local org keeps no fields of the type MetadataRelationship'],
    ],
    ['a formula', objectFile([field('Sum__c', { formula: '1' })]), ['Invalid data type.']],
    [
      'a field without a label',
      objectFile([field('A__c', { label: undefined })]),
      ['Must specify a non-empty label for the CustomField'],
    ],
    ['a field without a type', objectFile([field('A__c', { type: undefined })]), ['Required field is missing: type']],
    ['a field name without __c', objectFile([field('A')]), ['The name of a custom field ends in __c: A']],
    [
      'a checkbox without a default',
      objectFile([field('A__c', { type: 'Checkbox' })]),
      ["Must specify 'defaultValue' for a CustomField of type Checkbox"],
    ],
    [
      'a long text that is required, without a length and lines',
      objectFile([field('A__c', { required: 'true', type: 'LongTextArea' })]),
      [
        "Must specify 'length' for a CustomField of type LongTextArea",
        "Must specify 'visibleLines' for a CustomField of type LongTextArea",
        "Can not specify 'required' for a CustomField of type LongTextArea",
      ],
    ],
    [
      'a text area with a length',
      objectFile([field('A__c', { length: '255', type: 'TextArea' })]),
      ["Can not specify 'length' for a CustomField of type TextArea"],
    ],
    [
      'a text that is too long',
      objectFile([field('A__c', { length: '256' })]),
      ['length: must be a whole number between 1 and 255'],
    ],
    [
      'a number without a scale, with 19 digits',
      objectFile([field('A__c', { precision: '19', type: 'Number' })]),
      ["Must specify 'scale' for a CustomField of type Number", 'precision: must be a whole number between 1 and 18'],
    ],
    [
      'a number with more digits behind the point than in all',
      objectFile([field('A__c', { precision: '3', scale: '4', type: 'Number' })]),
      ['scale: must not be greater than precision'],
    ],
  ];
  for (const [what, files, problems] of types) {
    it(`refuses ${what}`, async () => {
      expect(await local.problems(files)).to.deep.equal(problems);
      expect(local.org.components.types()).to.deep.equal([]);
    });
  }

  // Names that every JavaScript object has.
  for (const type of ['constructor', 'toString', '__proto__']) {
    it(`refuses ${type} as the type of a value`, async () => {
      await local.deploy(objectFile());
      expect(await local.problems(recordFile({ Key__c: `${type}:k` }))).to.deep.equal([
        `Error parsing file: xsd:${type} is no type of values in records of custom metadata types`,
      ]);
    });
  }

  it('takes only attributes of the namespace of XML Schema for the type of a value, or for none', async () => {
    await local.deploy(objectFile());
    const [path = '', content = ''] = Object.entries(recordFile())[0] ?? [];
    const foreign = (attribute: string) => ({
      [path]: content.replace(/<value xsi:type="xsd:string">/, `<value xmlns:x="urn:other" ${attribute}>`),
    });
    for (const attribute of ['type="xsd:string"', 'x:type="xsd:string"', 'nil="true"', 'x:nil="true"']) {
      expect((await local.problems(foreign(attribute)))[0], attribute).to.match(/^Error parsing file: {2}Only the/);
    }
    expect(await local.problems(foreign('xsi:nil="true"'))).to.deep.equal([]);
  });

  it('refuses a field of no type, and one with a bad name', async () => {
    const manifest = packageXml({ CustomField: [`${object}.Key__c`] });
    expect(await local.problems(objectFile(), { manifest })).to.deep.equal([
      `In field: fullName - no CustomObject named ${object} found`,
    ]);
    expect((await local.problems(objectFile([field('A__b__c')])))[0]).to.include('can only contain underscores');
  });

  const records: readonly (readonly [string, Files, string])[] = [
    [
      'a record of no type',
      recordFile(key, { name: 'Nothing.Default' }),
      'Custom metadata type Nothing__mdt is not available in this organization.',
    ],
    [
      'a field that is not there',
      recordFile({ ...key, Gone__c: 'string:x' }),
      `${object}: could not find fields: Gone__c`,
    ],
    ['a record without a label', recordFile(key, { label: '' }), 'Required fields are missing: [MasterLabel]'],
    ['a record without a required value', recordFile({}), 'Required fields are missing: [Key__c]'],
    ['a required value that is none', recordFile({ Key__c: 'nil' }), 'Required fields are missing: [Key__c]'],
    [
      'a label that is too long',
      recordFile(key, { label: `<label>${'x'.repeat(41)}</label>` }),
      `Label: data value too large: ${'x'.repeat(41)} (max length=40)`,
    ],
    [
      'a value without a type',
      recordFile({ Key__c: 'k' }),
      'Error parsing file:  Only the following configurations are supported : 1) if the type is mentioned i.g. type="xsi:boolean" 2) With metadata CRUD API with fullName required',
    ],
    [
      'a value of a type that there is not',
      recordFile({ Key__c: 'picklist:k' }),
      'Error parsing file: xsd:picklist is no type of values in records of custom metadata types',
    ],
    [
      'a text in a date',
      recordFile({ ...key, Day__c: 'string:2024-01-15' }),
      'Day: value not of required type: 2024-01-15',
    ],
    [
      'a text in a checkbox',
      recordFile({ ...key, Active__c: 'string:true' }),
      'Active: value not of required type: true',
    ],
    ['a number in a checkbox', recordFile({ ...key, Active__c: 'int:1' }), 'Active: value not of required type: 1'],
    [
      'a boolean in a number',
      recordFile({ ...key, Seconds__c: 'boolean:true' }),
      'Seconds: value not of required type: true',
    ],
    [
      'words in a number',
      recordFile({ ...key, Seconds__c: 'string:soon' }),
      'Seconds: value not of required type: soon',
    ],
    ['a number in a text', recordFile({ Key__c: 'double:42.5' }), 'Key: value not of required type: 42.5'],
    [
      'a number that is none',
      recordFile({ ...key, Seconds__c: 'double:abc' }),
      "Error parsing file: 'abc' is not valid for the type xsd:double",
    ],
    [
      'a number that is too large',
      recordFile({ ...key, Seconds__c: 'double:1000' }),
      'Seconds: value outside of valid range on numeric field: 1000',
    ],
    [
      'a text that is too long',
      recordFile({ Key__c: `string:${'A'.repeat(256)}` }),
      `Key: data value too large: ${'A'.repeat(256)} (max length=255)`,
    ],
    [
      'a URL that is too long',
      recordFile({ ...key, Site__c: `string:${'u'.repeat(256)}` }),
      `Site: data value too large: ${'u'.repeat(256)} (max length=255)`,
    ],
    [
      'an undeclared prefix of a type',
      recordFile(key, { declarations: 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' }),
      'Error parsing file: The prefix xsd of xsi:type="xsd:string" is not declared.',
    ],
    [
      'a name with the suffix of the type',
      recordFile(key, { name: `${object}.Default` }),
      'A local org takes records by the name that orgs return: ErpSettings.Default',
    ],
  ];
  for (const [what, files, problem] of records) {
    it(`refuses ${what}`, async () => {
      await local.deploy(objectFile(fields));
      expect(await local.problems(files)).to.deep.equal([problem]);
      expect(names('CustomMetadata')).to.deep.equal([]);
    });
  }

  it('refuses a field that a record has twice', async () => {
    const [[path = '', xml = ''] = []] = Object.entries(recordFile());
    const values = /<values>.*<\/values>/s.exec(xml)?.[0] ?? '';
    const files = { ...objectFile(), [path]: xml.replace(values, values + values) };
    expect(await local.problems(files)).to.deep.equal(['Duplicate field: Key__c']);
  });
});
