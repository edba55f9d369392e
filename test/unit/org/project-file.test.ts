import { expect } from 'chai';
import type { DeployProblem } from '../../../src/org/gateway.js';
import { placeInProject } from '../../../src/org/project-file.js';

const root = 'jwt/erp/client/main/default';
const files = [
  'classes/ErpClient.cls',
  'classes/ErpClient.cls-meta.xml',
  'classes/mine/Extra.cls',
  'customMetadata/ErpSettings.Default.md-meta.xml',
  'externalCredentials/Erp.externalCredential-meta.xml',
  'objects/ErpSettings__mdt/ErpSettings__mdt.object-meta.xml',
  'objects/ErpSettings__mdt/fields/Audience__c.field-meta.xml',
].map((path) => `${root}/${path}`);

const at = (file: string | undefined, more: Partial<DeployProblem> = {}) =>
  placeInProject({ message: 'x', ...(file === undefined ? {} : { file }), line: 12, column: 5, ...more }, files);

describe('placeInProject', () => {
  it('finds a class, and its other file', () => {
    expect(at('classes/ErpClient.cls')).to.deep.equal({ file: `${root}/classes/ErpClient.cls`, line: 12, column: 5 });
    expect(at('classes/ErpClient.cls-meta.xml')?.file).to.equal(`${root}/classes/ErpClient.cls-meta.xml`);
  });

  it('finds a file that is in a package folder of the zip, and one in a folder that the zip does not have', () => {
    expect(at('unpackaged/classes/ErpClient.cls')?.file).to.equal(`${root}/classes/ErpClient.cls`);
    expect(at('classes/Extra.cls')?.file).to.equal(`${root}/classes/mine/Extra.cls`);
  });

  it('finds a file that has another name in source format', () => {
    expect(at('externalCredentials/Erp.externalCredential')).to.deep.equal({
      file: `${root}/externalCredentials/Erp.externalCredential-meta.xml`,
      line: 12,
      column: 5,
    });
    expect(at('customMetadata/ErpSettings.Default.md')?.file).to.equal(
      `${root}/customMetadata/ErpSettings.Default.md-meta.xml`,
    );
  });

  it('finds the file of a field, for which the line in the file of the object says nothing', () => {
    const component = { type: 'CustomField', fullName: 'ErpSettings__mdt.Audience__c' };
    expect(at('objects/ErpSettings__mdt.object', { component })).to.deep.equal({
      file: `${root}/objects/ErpSettings__mdt/fields/Audience__c.field-meta.xml`,
    });
    const object = { type: 'CustomObject', fullName: 'ErpSettings__mdt' };
    expect(at('objects/ErpSettings__mdt.object', { component: object })?.file).to.equal(
      `${root}/objects/ErpSettings__mdt/ErpSettings__mdt.object-meta.xml`,
    );
  });

  it('makes no file up for what was not deployed', () => {
    expect(at('classes/Other.cls')).to.equal(undefined);
    expect(at('package.xml')).to.equal(undefined);
    expect(at(undefined)).to.equal(undefined);
  });
});
