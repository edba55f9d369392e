import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { componentsInSource } from '../../../src/org/salesforce-source.js';
import { temporaryFolder } from '../../helpers/home.js';

const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

describe('componentsInSource', () => {
  function write(files: Readonly<Record<string, string>>): readonly string[] {
    const folder = temporaryFolder('source');
    return Object.entries(files).map(([path, content]) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
      return join(folder, path);
    });
  }

  it('names each component once, whatever folder it is in, and leaves out what is none', async () => {
    const paths = write({
      'classes/mine/A.cls': 'public class A {}',
      'classes/mine/A.cls-meta.xml': `<ApexClass ${namespace}/>`,
      'permissionsets/P.permissionset-meta.xml': `<PermissionSet ${namespace}/>`,
      'README.md': 'notes',
    });
    expect(await componentsInSource(paths)).to.have.deep.members([
      { type: 'ApexClass', fullName: 'A' },
      { type: 'PermissionSet', fullName: 'P' },
    ]);
  });

  it('takes the fields of an object for part of it where the object is there, and for themselves where it is not', async () => {
    const paths = write({
      'objects/Own__mdt/Own__mdt.object-meta.xml': `<CustomObject ${namespace}/>`,
      'objects/Own__mdt/fields/A__c.field-meta.xml': `<CustomField ${namespace}><fullName>A__c</fullName></CustomField>`,
      'objects/Account/fields/B__c.field-meta.xml': `<CustomField ${namespace}><fullName>B__c</fullName></CustomField>`,
    });
    expect(await componentsInSource(paths)).to.have.deep.members([
      { type: 'CustomObject', fullName: 'Own__mdt' },
      { type: 'CustomField', fullName: 'Account.B__c' },
    ]);
  });

  it('finds nothing in nothing', async () => {
    expect(await componentsInSource([])).to.deep.equal([]);
  });
});
