import { expect } from 'chai';
import { formOf, isSameContent } from '../../../src/plan/component-content.js';
import { isFileOf } from '../../../src/plan/component-files.js';

const apex = { type: 'ApexClass', fullName: 'ErpClient' };
const remote = { type: 'RemoteSiteSetting', fullName: 'Erp' };
const app = { type: 'ExtlClntAppGlobalOauthSettings', fullName: 'Erp' };
const object = { type: 'CustomObject', fullName: 'Erp__mdt' };
const meta = (status: string) => ({
  path: 'classes/ErpClient.cls-meta.xml',
  content: `<ApexClass>${status}</ApexClass>`,
});
const body = (content: string) => ({ path: 'classes/ErpClient.cls', content });
const xml = (content: string) => [{ path: 'any.xml', content }];

describe('formOf', () => {
  it('tells classes apart by their code, and not by ends of lines, what an org trims, or their metadata', () => {
    const form = formOf(apex, [body('class A {\n}\n'), meta('<status>Active</status>')]);
    expect(formOf(apex, [body('class A {\r\n}')]))
      .to.equal(form)
      .and.to.be.a('string');
    expect(formOf(apex, [body('class A { }')])).not.to.equal(form);
    expect(formOf(apex, [meta('')])).to.equal(undefined);
  });

  it('tells metadata apart by what it says, and not by its order or layout', () => {
    const form = formOf(remote, xml('<R><url>https://a.b</url><isActive>true</isActive></R>'));
    expect(formOf(remote, xml('<R>\n  <isActive>true</isActive>\n  <url>https://a.b</url>\n</R>'))).to.equal(form);
    expect(formOf(remote, xml('<R><url>https://a.c</url><isActive>true</isActive></R>'))).not.to.equal(form);
    expect(formOf(remote, xml('<R><url>https://a.b</url></R>'))).not.to.equal(form);
  });

  it('says nothing of types that orgs change by themselves, nor of what is no XML or not there', () => {
    expect(formOf(app, xml('<A/>'))).to.equal(undefined);
    expect(formOf(remote, xml('<R><url></R>'))).to.equal(undefined);
    expect(formOf(remote, [])).to.equal(undefined);
  });
});

describe('isSameContent', () => {
  it('compares a class with its metadata', () => {
    const ours = [body('class A {}\n'), meta('<apiVersion>67.0</apiVersion>')];
    expect(isSameContent(apex, ours, [body('class A {}'), meta('<apiVersion>67.0</apiVersion>')])).to.equal(true);
    expect(isSameContent(apex, ours, [body('class A {}'), meta('<apiVersion>66.0</apiVersion>')])).to.equal(false);
    expect(isSameContent(apex, ours, [body('class B {}'), meta('<apiVersion>67.0</apiVersion>')])).to.equal(false);
    expect(isSameContent(apex, ours, [])).to.equal(false);
  });

  it('takes what an org adds by itself, and nothing that a person may have added', () => {
    const ours = xml('<A><certificate>PEM</certificate><label>x</label></A>'.replaceAll('A>', `${app.type}>`));
    const theirs = (more: string) => xml(`<${app.type}><label>x</label>${more}</${app.type}>`);
    expect(isSameContent(app, ours, theirs('<consumerKey>k</consumerKey><isOn>false</isOn><note/>'))).to.equal(true);
    expect(isSameContent(app, ours, theirs('<isOn>true</isOn>'))).to.equal(false);
    expect(isSameContent(app, ours, theirs('<calloutStatus>Enabled</calloutStatus>'))).to.equal(true);
    expect(isSameContent(app, ours, theirs('<calloutStatus>Disabled</calloutStatus>'))).to.equal(false);
    expect(isSameContent(app, ours, theirs('<list><isOn>false</isOn></list>'))).to.equal(false);
    expect(isSameContent(app, ours, theirs('<certificate>OTHER</certificate>'))).to.equal(false);
    expect(isSameContent(remote, xml('<R><certificate>PEM</certificate></R>'), xml('<R><a>false</a></R>'))).to.equal(
      false,
    );
  });

  it('finds the fields of an object in it', () => {
    const field = (label: string) => `<CustomField><fullName>A__c</fullName><label>${label}</label></CustomField>`;
    const whole =
      '<CustomObject><label>x</label><fields><fullName>A__c</fullName><label>A</label></fields></CustomObject>';
    const ours = xml('<CustomObject><label>x</label></CustomObject>');
    expect(isSameContent(object, [...ours, ...xml(field('A'))], xml(whole))).to.equal(true);
    expect(isSameContent(object, [...ours, ...xml(field('B'))], xml(whole))).to.equal(false);
  });
});

describe('isFileOf', () => {
  it('knows the files of a component in source format and in a zip, whatever the case of their letters', () => {
    expect(isFileOf(apex, 'classes/mine/erpclient.cls-meta.xml')).to.equal(true);
    expect(isFileOf(apex, 'classes/ErpClientTest.cls')).to.equal(false);
    expect(isFileOf({ ...apex, type: 'NamedCredential' }, 'classes/ErpClient.cls')).to.equal(false);
    expect(isFileOf(object, 'objects/Erp__mdt/fields/A__c.field-meta.xml')).to.equal(true);
    expect(isFileOf(object, 'objects/Erp__mdt.object')).to.equal(true);
    expect(isFileOf({ type: 'Layout', fullName: 'A' }, 'layouts/A.layout')).to.equal(false);
  });
});
