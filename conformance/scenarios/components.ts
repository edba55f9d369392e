import { validate } from '../metadata-calls.js';
import { metadataXml, type Member, type PackageFiles } from '../metadata-package.js';
import type { Scenario } from '../scenario.js';

/** Files that an org judges, and of which it keeps nothing. */
export const judged = (name: string, probe: string, members: readonly Member[], files: PackageFiles): Scenario => ({
  name,
  effect: 'validates',
  probes: [probe],
  observe: (org) => validate(org, files, members),
});

export const label = '<label>Conformance</label>';

const permissionSet = (name: string, probe: string, ...children: readonly string[]): Scenario =>
  judged(name, probe, [['PermissionSet', 'Conformance']], {
    'permissionsets/Conformance.permissionset': metadataXml('PermissionSet', ...children),
  });

const apexClass = (name: string, probe: string, body: string): Scenario =>
  judged(name, probe, [['ApexClass', 'Conformance']], {
    'classes/Conformance.cls': body,
    'classes/Conformance.cls-meta.xml': metadataXml(
      'ApexClass',
      '<apiVersion>67.0</apiVersion>',
      '<status>Active</status>',
    ),
  });

const namedCredential = (name: string, probe: string, ...children: readonly string[]): Scenario =>
  judged(name, probe, [['NamedCredential', 'Conformance']], {
    'namedCredentials/Conformance.namedCredential': metadataXml('NamedCredential', ...children),
  });

const customObject = (name: string, probe: string, ...children: readonly string[]): Scenario =>
  judged(name, probe, [['CustomObject', 'Conformance__mdt']], {
    'objects/Conformance__mdt.object': metadataXml('CustomObject', ...children),
  });

const certificate = (name: string, probe: string, ...children: readonly string[]): Scenario =>
  judged(name, probe, [['Certificate', 'Conformance']], {
    'certs/Conformance.crt': '',
    'certs/Conformance.crt-meta.xml': metadataXml('Certificate', ...children),
  });

const classAccess = (apexClassName: string): string =>
  `<classAccesses><apexClass>${apexClassName}</apexClass><enabled>true</enabled></classAccesses>`;

/** What a deploy says to components that are wrong. Nothing is kept of any. */
export const componentScenarios: readonly Scenario[] = [
  permissionSet(
    'file-unknown-element',
    'Refuses an element that its type does not have',
    '<conformance>1</conformance>',
    label,
  ),
  permissionSet('file-repeated-element', 'Refuses an element that stands there twice', label, label),
  permissionSet(
    'file-scattered-elements',
    'Refuses an element that stands there twice',
    classAccess('ConformanceOne'),
    '<description>between</description>',
    classAccess('ConformanceTwo'),
    label,
  ),
  permissionSet('file-element-in-value', 'Refuses elements inside a simple value', '<label><b>Conformance</b></label>'),
  permissionSet(
    'file-wrong-type',
    'Refuses a value that is not of its simple type',
    '<hasActivationRequired>maybe</hasActivationRequired>',
    label,
  ),
  permissionSet(
    'file-without-required',
    'Refuses a component without an element',
    '<description>No label</description>',
  ),
  permissionSet(
    'file-unknown-reference',
    'In field: {} - no {} named {} found',
    classAccess('ConformanceNobody'),
    label,
  ),
  permissionSet(
    'file-unknown-principal',
    'no ExternalCredentialParameter named',
    '<externalCredentialPrincipalAccesses><enabled>true</enabled>' +
      '<externalCredentialPrincipal>Conformance-Nobody</externalCredentialPrincipal></externalCredentialPrincipalAccesses>',
    label,
  ),
  judged('file-wrong-enum', "is not a valid value for the enum '{}'", [['ExternalClientApplication', 'Conformance']], {
    'externalClientApps/Conformance.eca': metadataXml(
      'ExternalClientApplication',
      '<contactEmail>conformance@example.com</contactEmail>',
      '<distributionState>Nowhere</distributionState>',
      label,
    ),
  }),
  judged('file-is-no-xml', 'Refuses a file that is no well-formed XML', [['PermissionSet', 'Conformance']], {
    'permissionsets/Conformance.permissionset': '<PermissionSet><label>Conformance</PermissionSet>',
  }),
  judged('file-of-another-root', 'Refuses a root element of another name', [['PermissionSet', 'Conformance']], {
    'permissionsets/Conformance.permissionset': metadataXml('Profile', label),
  }),
  judged('file-bad-name', 'Refuses a name that is no developer name', [['PermissionSet', 'Conformance__']], {
    'permissionsets/Conformance__.permissionset': metadataXml('PermissionSet', label),
  }),
  judged('file-without-its-other-half', 'one of whose two files', [['ApexClass', 'Conformance']], {
    'classes/Conformance.cls': 'public class Conformance {}',
  }),
  apexClass('class-syntax-error', 'a fault in its syntax', 'public class Conformance {\n    Integer one = ;\n}\n'),
  apexClass('class-of-another-name', 'Refuses a class whose name is not that of its file', 'public class Other {}\n'),
  judged('site-without-url', 'Refuses a remote site', [['RemoteSiteSetting', 'Conformance']], {
    'remoteSiteSettings/Conformance.remoteSite': metadataXml(
      'RemoteSiteSetting',
      '<disableProtocolSecurity>false</disableProtocolSecurity>',
      '<isActive>true</isActive>',
      '<url>conformance</url>',
    ),
  }),
  namedCredential(
    'credential-without-parameters',
    'Asks a SecuredEndpoint',
    label,
    '<namedCredentialType>SecuredEndpoint</namedCredentialType>',
  ),
  namedCredential(
    'credential-label-too-long',
    'Refuses labels of more than 80',
    '<endpoint>https://example.com</endpoint>',
    `<label>${'x'.repeat(90)}</label>`,
  ),
  namedCredential(
    'credential-unknown-external',
    'In field: {} - no {} named {} found',
    label,
    '<namedCredentialParameters><parameterName>Url</parameterName><parameterType>Url</parameterType>' +
      '<parameterValue>https://example.com</parameterValue></namedCredentialParameters>',
    '<namedCredentialParameters><externalCredential>ConformanceNobody</externalCredential>' +
      '<parameterName>ExternalCredential</parameterName><parameterType>Authentication</parameterType></namedCredentialParameters>',
    '<namedCredentialType>SecuredEndpoint</namedCredentialType>',
  ),
  namedCredential(
    'credential-jwt-without-fields',
    'Asks a legacy Named Credential that signs',
    '<endpoint>https://example.com</endpoint>',
    label,
    '<principalType>NamedUser</principalType>',
    '<protocol>JwtExchange</protocol>',
  ),
  judged('credential-jwt-without-parameters', 'Asks a credential that signs', [['ExternalCredential', 'Conformance']], {
    'externalCredentials/Conformance.externalCredential': metadataXml(
      'ExternalCredential',
      '<authenticationProtocol>Oauth</authenticationProtocol>',
      '<externalCredentialParameters><parameterGroup>DefaultGroup</parameterGroup><parameterName>Oauth</parameterName>' +
        '<parameterType>AuthProtocolVariant</parameterType><parameterValue>JwtBearer</parameterValue></externalCredentialParameters>',
      label,
    ),
  }),
  customObject('metadata-type-without-plural', 'non-empty plural label', label, '<visibility>Public</visibility>'),
  customObject(
    'metadata-type-of-an-object',
    'Refuses properties of other objects',
    '<deploymentStatus>Deployed</deploymentStatus>',
    label,
    '<pluralLabel>Conformance</pluralLabel>',
    '<visibility>Public</visibility>',
  ),
  judged(
    'metadata-record-without-type',
    'Refuses a record whose type there is not',
    [['CustomMetadata', 'Conformance.One']],
    {
      'customMetadata/Conformance.One.md': metadataXml('CustomMetadata', label, '<protected>false</protected>'),
    },
  ),
  certificate(
    'certificate-label-too-long',
    'Refuses a label of more than 64',
    '<caSigned>false</caSigned>',
    `<masterLabel>${'x'.repeat(70)}</masterLabel>`,
  ),
  certificate(
    'certificate-of-3072-bits',
    'Refuses key sizes',
    '<caSigned>false</caSigned>',
    '<keySize>3072</keySize>',
    '<masterLabel>Conformance</masterLabel>',
  ),
  judged('app-part-without-app', 'Refuses a part without its app', [['ExtlClntAppOauthSettings', 'Conformance']], {
    'extlClntAppOauthSettings/Conformance.ecaOauth': metadataXml(
      'ExtlClntAppOauthSettings',
      '<commaSeparatedOauthScopes>Api</commaSeparatedOauthScopes>',
      '<externalClientApplication>ConformanceNobody</externalClientApplication>',
      label,
    ),
  }),
  judged('app-connected', 'Refuses a new Connected App', [['ConnectedApp', 'Conformance']], {
    'connectedApps/Conformance.connectedApp': metadataXml(
      'ConnectedApp',
      '<contactEmail>conformance@example.com</contactEmail>',
      label,
    ),
  }),
];
