import { expect } from 'chai';
import { artifactsOf, goldenCases } from '../../golden/cases.js';
import { metadataProblems } from '../../helpers/metadata-types.js';

const all = Object.entries(goldenCases).flatMap(([name, golden]) =>
  artifactsOf(golden)
    .filter(({ path }) => path.endsWith('-meta.xml'))
    .map(({ path, content, component }) => ({ name: `${name}: ${path}`, content, component })),
);

const find = (type: string): string => all.find(({ component }) => component.type === type)?.content ?? '';

describe('metadata', () => {
  for (const { name, content, component } of all) {
    it(`${name} is what the Metadata API's types demand`, () => {
      expect(metadataProblems(content)).to.deep.equal([]);
      expect(content).to.include(`<${component.type} xmlns="http://soap.sforce.com/2006/04/metadata">`);
      expect(content).to.match(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n[^]*>\n$/);
    });
  }

  const seeded: readonly (readonly [string, string, string | RegExp, string, string])[] = [
    ['an unknown element', 'ConnectedApp', '<label>', '<lable>x</lable>\n    <label>', 'ConnectedApp.lable is unknown'],
    [
      'an unknown nested element',
      'ConnectedApp',
      '<scopes>Api',
      '<permittedUsers>x</permittedUsers><scopes>Api',
      'oauthConfig.permittedUsers is unknown',
    ],
    ['a bad enum value', 'ConnectedApp', '<scopes>Api<', '<scopes>api<', 'api is no ConnectedAppOauthAccessScope'],
    [
      'a bad enum value of a policy',
      'ExtlClntAppOauthConfigurablePolicies',
      'AdminApprovedPreAuthorized',
      'AdminApproved',
      'AdminApproved is no PermittedUsersPolicyType',
    ],
    ['a bad switch', 'ExtlClntAppConfigurablePolicies', '<isEnabled>true', '<isEnabled>yes', 'yes is no boolean'],
    ['a bad number', 'Certificate', '<keySize>2048', '<keySize>big', 'big is no number'],
    ['a missing element', 'Certificate', /<masterLabel>.*<\/masterLabel>/, '', 'Certificate.masterLabel is missing'],
    [
      'a missing nested element',
      'ConnectedApp',
      /<callbackUrl>.*<\/callbackUrl>/,
      '',
      'oauthConfig.callbackUrl is missing',
    ],
    [
      'an element twice',
      'RemoteSiteSetting',
      '<isActive>',
      '<isActive>true</isActive><isActive>',
      'isActive stands more than once',
    ],
    [
      'a list that is torn apart',
      'ConnectedApp',
      '<oauthPolicy>',
      '<description>x</description><oauthPolicy>',
      'elements are not in order',
    ],
    [
      'elements out of order',
      'PermissionSet',
      /(<description>.*<\/description>)([^]*)(<\/PermissionSet>)/,
      '$2$1$3',
      'elements are not in order',
    ],
    ['text between elements', 'ApexClass', '<status>', 'x<status>', 'text between elements'],
    ['an element in a text', 'ApexClass', 'Active', '<b>Active</b>', 'has elements where text belongs'],
    ['an unknown root', 'ApexClass', /ApexClass/g, 'ApexKlass', 'ApexKlass is no metadata type'],
    ['another namespace', 'ApexClass', '2006/04', '2016/04', 'is not in the namespace of metadata'],
    ['XML that does not close', 'ApexClass', '</status>', '', 'not well-formed'],
  ];
  for (const [what, type, pattern, replacement, problem] of seeded) {
    it(`the check finds ${what}`, () => {
      const broken = find(type).replace(pattern, replacement);
      expect(broken).not.to.equal(find(type));
      expect(metadataProblems(broken).join('; ')).to.include(problem);
    });
  }
});
