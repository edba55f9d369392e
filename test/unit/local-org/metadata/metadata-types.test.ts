import { registry } from '@salesforce/source-deploy-retrieve';
import { expect } from 'chai';
import { nameFault } from '../../../../src/local-org/metadata/developer-name.js';
import { findMetadataType, metadataTypes } from '../../../../src/local-org/metadata/metadata-types.js';

/** All types of SDR, those inside the files of others among them. */
const registered = Object.values(registry.types).flatMap((type) => [
  type,
  ...Object.values(type.children?.types ?? {}),
]);

describe('local-org/metadata/metadata-types', () => {
  it('has every type of SDR, where SDR has it', () => {
    const known = new Set(metadataTypes().map(({ name }) => name));
    const missing = registered.filter(({ name }) => !known.has(name)).map(({ name }) => name);
    // Files that lie in ways of their own, a second name for EmailFolder, and parts that cannot be named on their own.
    expect(missing.sort()).to.deep.equal([
      'CustomFieldTranslation',
      'DigitalExperience',
      'DigitalExperienceBundle',
      'EmailTemplateFolder',
      'ExperienceBundle',
      'Territory2',
      'Territory2Model',
      'Territory2Rule',
    ]);
    for (const type of metadataTypes()) {
      const { directoryName, inFolder, suffix } = registered.find(({ name }) => name === type.name)!;
      expect([type.directory, type.inFolder], type.name).to.deep.equal([directoryName, inFolder ?? false]);
      if (type.layout !== 'bundle' && type.name !== 'Document') expect(type.suffix, type.name).to.equal(suffix);
    }
  });

  const layouts: readonly (readonly [string, string])[] = [
    ['ApexTrigger', 'content'],
    ['StaticResource', 'content'],
    ['CustomTab', 'xml'],
    ['LightningComponentBundle', 'bundle'],
    ['ReportFolder', 'folder'],
  ];
  for (const [name, layout] of layouts) {
    it(`knows the files of ${name}`, () => expect(findMetadataType(name)?.layout).to.equal(layout));
  }

  const names: readonly (readonly [string, string, boolean])[] = [
    ['PermissionSet', 'Crm_Access', true],
    ['PermissionSet', 'A', true],
    ['PermissionSet', 'Crm__Access', false],
    ['PermissionSet', '_Crm', false],
    ['PermissionSet', 'Crm_', false],
    ['PermissionSet', '1Crm', false],
    ['PermissionSet', 'Crm Access', false],
    ['PermissionSet', 'Crmä', false],
    ['PermissionSet', 'a'.repeat(81), false],
    ['Certificate', 'a'.repeat(40), true],
    ['Certificate', 'a'.repeat(41), false],
    ['CustomMetadata', 'Jwt_Setting.Default', true],
    ['CustomMetadata', 'Default', false],
    ['CustomMetadata', `Erp.${'a'.repeat(40)}`, true],
    ['CustomMetadata', `Erp.${'a'.repeat(41)}`, false],
    ['CustomMetadata', 'Erp.1st', false],
    ['CustomMetadata', 'Erp__mdt.Default', false],
    ['CustomObject', 'Erp__mdt', true],
    ['CustomObject', 'Erp_', false],
    ['CustomObject', 'Erp__Set__mdt', false],
    ['CustomField', 'Erp__mdt.Key__c', true],
    ['CustomField', 'Erp__mdt', false],
    ['CustomField', 'Erp__mdt.1__c', false],
    ['Settings', 'IdentityProvider', true],
  ];
  for (const [typeName, name, isGood] of names) {
    it(`${isGood ? 'takes' : 'refuses'} ${name.slice(0, 30)} (${name.length} characters) for a ${typeName}`, () => {
      expect(nameFault(findMetadataType(typeName)!, name) === undefined).to.equal(isGood);
    });
  }

  it('judges a long hostile name at once', () => {
    const started = performance.now();
    nameFault({ ...findMetadataType('CustomMetadata')!, maxNameLength: 1e6 }, `a${'_a'.repeat(50_000)}_`);
    expect(performance.now() - started).to.be.lessThan(1000);
  });
});
