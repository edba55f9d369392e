import { expect } from 'chai';
import { artifactsOf, goldenCases } from '../../golden/cases.js';
import { metadataProblems } from '../../helpers/metadata-types.js';

const all = Object.entries(goldenCases).flatMap(([name, golden]) =>
  artifactsOf(golden)
    .filter(({ path }) => path.endsWith('-meta.xml'))
    .map(({ path, content, component }) => ({ name: `${name}: ${path}`, path, content, component })),
);

/** The first file of a type; of fields, the one whose path ends so. */
const find = (type: string): string =>
  all.find(({ path, component }) => component.type === type || path.endsWith(`/fields/${type}.field-meta.xml`))
    ?.content ?? '';

describe('metadata', () => {
  for (const { name, path, content, component } of all) {
    it(`${name} is what the Metadata API's types demand`, () => {
      expect(metadataProblems(content)).to.deep.equal([]);
      const type = path.includes('/fields/') ? 'CustomField' : component.type;
      expect(content).to.match(new RegExp(`<${type} xmlns="http://soap.sforce.com/2006/04/metadata"[ >]`));
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
    ['a visibility that is none', 'CustomObject', '>Public<', '>public<', 'public is no SetupObjectVisibility'],
    ['a type of field that is none', 'Base_Url__c', '>Text<', '>String<', 'String is no FieldType'],
    ['a length that is none', 'Base_Url__c', '>255<', '>long<', 'long is no number'],
    ['a manageability that is none', 'Base_Url__c', '>SubscriberControlled<', '>Anybody<', 'is no FieldManageability'],
    [
      'a name behind other elements',
      'Base_Url__c',
      /(<fullName>.*\n)([^]*?)(<\/C)/,
      '$2$1$3',
      'elements are not in order',
    ],
    ['a value without a type', 'CustomMetadata', ' xsi:type="xsd:string"', '', 'is no type of a value'],
    ['a value of another type', 'CustomMetadata', '>120.0<', '>soon<', 'soon is no xsd:double'],
    ['a value without its field', 'CustomMetadata', /<field>.*<\/field>/, '', 'field is missing'],
    ['a record without protection', 'CustomMetadata', /<protected>.*/, '<isProtected/>', 'isProtected is unknown'],
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
