import { expect } from 'chai';
import { checkWsdl } from '../../../../src/local-org/metadata/wsdl/check-wsdl.js';
import { readData } from '../../../../src/local-org/metadata/types/read-data.js';
import { parseXml } from '../../../../src/local-org/metadata/xml/parse-xml.js';
import { deriveWsdl } from './derive-wsdl.js';
import { metadataXml } from './sample-files.js';

/** Types with a plain declaration: those that extend others than Metadata need more than a line to be read. */
const roots = [
  'ApexClass',
  'AuthProvider',
  'Certificate',
  'ConnectedApp',
  'ConnectedAppSettings',
  'CspTrustedSite',
  'CustomMetadata',
  'CustomObject',
  'CustomTab',
  'ExternalClientAppSettings',
  'ExternalClientApplication',
  'ExternalCredential',
  'ExtlClntAppConfigurablePolicies',
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthConfigurablePolicies',
  'ExtlClntAppOauthSecuritySettings',
  'ExtlClntAppOauthSettings',
  'FlexiPage',
  'IdentityProviderSettings',
  'Layout',
  'NamedCredential',
  'PermissionSet',
  'PlatformCachePartition',
  'RemoteSiteSetting',
  'StaticResource',
];

describe('local-org/metadata/wsdl', () => {
  it('holds what @salesforce/types says of its types', () => {
    const { types, enums } = deriveWsdl(roots);
    const known = readData<{ types: Record<string, string>; enums: Record<string, string> }>('elements.json')();
    expect(known.types).to.include(types);
    expect(known.enums).to.include(enums);
    expect(Object.keys(types).length).to.be.greaterThan(100);
  });

  function check(type: string, ...lines: readonly string[]) {
    const parsed = parseXml(metadataXml(type, ...lines));
    if (parsed.kind === 'fault') throw new Error(parsed.fault.message);
    return checkWsdl(parsed.root, type);
  }

  const site = ['<disableProtocolSecurity>false</disableProtocolSecurity>', '<isActive>true</isActive>'];
  const url = '<url>https://a.b</url>';

  it('takes a sound component', () => {
    expect(check('RemoteSiteSetting', ...site, url)).to.deep.equal([]);
  });

  const bad: readonly (readonly [string, string, readonly string[], string, number])[] = [
    [
      'an unknown element',
      'RemoteSiteSetting',
      [...site, '<urls>x</urls>', url],
      'Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}urls invalid at this location in type RemoteSiteSetting',
      5,
    ],
    ['a missing element', 'RemoteSiteSetting', site, 'Required field is missing: url', 2],
    [
      'a duplicate element',
      'RemoteSiteSetting',
      [...site, url, url],
      'Error parsing file: Element url is duplicated at this location in type RemoteSiteSetting',
      6,
    ],
    [
      'a value outside an enum',
      'ApexClass',
      ['<apiVersion>67.0</apiVersion>', '<status>Sleeping</status>'],
      "Error parsing file: 'Sleeping' is not a valid value for the enum 'ApexCodeUnitStatus'",
      4,
    ],
    [
      'a number that is none',
      'ApexClass',
      ['<apiVersion>new</apiVersion>', '<status>Active</status>'],
      "Error parsing file: 'new' is not valid for the type xsd:double",
      3,
    ],
    [
      'a bare date where a moment belongs',
      'Certificate',
      ['<caSigned>false</caSigned>', '<expirationDate>2027-01-01</expirationDate>', '<masterLabel>x</masterLabel>'],
      "Error parsing file: '2027-01-01' is not valid for the type xsd:dateTime",
      4,
    ],
    [
      'repeated elements that are scattered',
      'PermissionSet',
      [
        '<classAccesses><apexClass>A</apexClass><enabled>true</enabled></classAccesses>',
        '<label>x</label>',
        '<classAccesses><apexClass>B</apexClass><enabled>true</enabled></classAccesses>',
      ],
      'Error parsing file: Element classAccesses is duplicated at this location in type PermissionSet',
      5,
    ],
    [
      'elements inside text',
      'PermissionSet',
      ['<label>a<b>c</b></label>'],
      'Error parsing file: Unexpected element {http://soap.sforce.com/2006/04/metadata}b during simple type deserialization',
      3,
    ],
    [
      'a fault in a nested element',
      'PermissionSet',
      ['<classAccesses>', '<apexClass>A</apexClass>', '</classAccesses>', '<label>x</label>'],
      'Required field is missing: enabled',
      3,
    ],
    [
      'text between elements',
      'PermissionSet',
      ['stray', '<label>x</label>'],
      'Error parsing file: Unexpected text in PermissionSet',
      2,
    ],
  ];
  for (const [what, type, lines, problem, line] of bad) {
    it(`names ${what}, with its line`, () => {
      const [first, ...more] = check(type, ...lines);
      expect(first).to.include({ problem, line });
      expect(more).to.deep.equal([]);
    });
  }

  it('takes a long file in its stride, and lists so many faults and no more', () => {
    const access = '<classAccesses><apexClass>A</apexClass><enabled>true</enabled></classAccesses>'.repeat(50_000);
    expect(check('PermissionSet', access, '<label>x</label>')).to.deep.equal([]);
    const bad = '<label>x</label><unknown/>'.repeat(100_000);
    expect(check('PermissionSet', bad)).to.have.length(100);
  });

  it('judges numbers and dates as XML Schema writes them', () => {
    const version = (text: string) =>
      check('ApexClass', `<apiVersion>${text}</apiVersion>`, '<status>Active</status>').length;
    expect(['67', '67.0', '-1', '.5', '6.7E1'].map(version)).to.deep.equal([0, 0, 0, 0, 0]);
    expect(['', '6,7', '0x43', '67.0.1', 'E1', '--1'].map(version)).to.deep.equal([1, 1, 1, 1, 1, 1]);
  });
});
