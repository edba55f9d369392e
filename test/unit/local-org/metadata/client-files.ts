import { metadataXml, type Files } from './metadata-xml.js';

const namespaces = 'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** An element with the elements of a record inside; a value of undefined is left out. */
export function element(name: string, children: Readonly<Record<string, string | undefined>>): string {
  const inner = Object.entries(children).map(([child, text]) =>
    text === undefined ? '' : `<${child}>${text.replaceAll('"', '&quot;')}</${child}>`,
  );
  return `<${name}>${inner.join('')}</${name}>`;
}

export type Field = Readonly<Record<string, string | undefined>> & { readonly fullName: string };

/** A field of the kind that settings have; the kind of a text unless told otherwise. */
export function field(fullName: string, more: Readonly<Record<string, string | undefined>> = {}): Field {
  return {
    fullName,
    label: fullName.replace(/__c$/, ''),
    ...(more['type'] ? {} : { length: '255', type: 'Text' }),
    ...more,
  };
}

/** A field of each kind that settings may have. */
export const settingsFields: readonly Field[] = [
  field('Active__c', { defaultValue: 'true', type: 'Checkbox' }),
  field('Day__c', { type: 'Date' }),
  field('Key__c', { required: 'true' }),
  field('Moment__c', { type: 'DateTime' }),
  field('Note__c', { type: 'LongTextArea', length: '300', visibleLines: '3' }),
  field('Seconds__c', { precision: '3', scale: '0', type: 'Number' }),
  field('Site__c', { type: 'Url' }),
];

/** The file of a custom metadata type. Members of `<fields>` come in the order of the alphabet. */
export function objectFile(
  fields: readonly Field[] = [field('Key__c')],
  more: readonly string[] = [],
  name = 'ErpSettings__mdt',
): Files {
  return {
    [`objects/${name}.object`]: metadataXml(
      'CustomObject',
      ...fields.map((one) => element('fields', one)),
      ...more,
      '<label>Erp Settings</label>',
      '<pluralLabel>Erp Settings</pluralLabel>',
      '<visibility>Public</visibility>',
    ),
  };
}

/** A value of a record as XML: `string:k` has the type xsd:string, `nil` none, and other text comes without a type. */
function valueXml(value: string): string {
  if (value === 'nil') return '<value xsi:nil="true"/>';
  const [, type, text = ''] = /^(\w+):(.*)$/s.exec(value) ?? [];
  return type === undefined ? `<value>${value}</value>` : `<value xsi:type="xsd:${type}">${text}</value>`;
}

/** A record of a custom metadata type; values by the name of the field, in the notation of {@link valueXml}. */
export function recordFile(
  values: Readonly<Record<string, string>> = { Key__c: 'string:k' },
  { name = 'ErpSettings.Default', label = '<label>Default</label>', declarations = namespaces } = {},
): Files {
  const entries = Object.entries(values).map(
    ([name, value]) => `<values><field>${name}</field>${valueXml(value)}</values>`,
  );
  return {
    [`customMetadata/${name}.md`]: metadataXml('CustomMetadata', label, ...entries).replace(
      '<CustomMetadata ',
      `<CustomMetadata ${declarations} `,
    ),
  };
}

type Parameter = Readonly<Record<string, string | undefined>>;

const claim = (name: string, value: string): Parameter => ({
  parameterGroup: 'DefaultGroup',
  parameterName: name,
  parameterType: 'JwtBodyClaim',
  parameterValue: value,
});

/** What an External Credential for the JWT bearer flow has, as orgs return it. */
export const bearerParameters: Readonly<Record<string, Parameter>> = {
  variant: { parameterName: 'Oauth', parameterType: 'AuthProtocolVariant', parameterValue: 'JwtBearer' },
  url: {
    parameterName: 'AuthProviderUrl',
    parameterType: 'AuthProviderUrl',
    parameterValue: 'https://acme.my.salesforce.com/services/oauth2/token',
  },
  certificate: { certificate: 'crm', parameterName: 'SigningCertificate', parameterType: 'SigningCertificate' },
  iss: claim('iss', '3MVG9key'),
  sub: claim('sub', 'integration@acme.com'),
  aud: claim('aud', '"https://login.salesforce.com"'),
  alg: { parameterName: 'alg', parameterType: 'JwtHeaderClaim', parameterValue: 'RS256' },
  principal: {
    parameterGroup: 'Integration',
    parameterName: 'Integration',
    parameterType: 'NamedPrincipal',
    sequenceNumber: '1',
  },
};

/** An External Credential. Parameters of `changes` replace those of the JWT bearer flow; undefined removes one. */
export function externalCredentialFile(
  changes: Readonly<Record<string, Parameter | undefined>> = {},
  { protocol = 'Oauth', label = 'Erp' } = {},
): Files {
  const parameters = Object.values({ ...bearerParameters, ...changes }).filter((one) => one !== undefined);
  return {
    'externalCredentials/Erp.externalCredential': metadataXml(
      'ExternalCredential',
      `<authenticationProtocol>${protocol}</authenticationProtocol>`,
      ...parameters.map((parameter) => element('externalCredentialParameters', parameter)),
      `<label>${label}</label>`,
    ),
  };
}

const endpointParameters: Readonly<Record<string, Parameter>> = {
  url: { parameterName: 'Url', parameterType: 'Url', parameterValue: 'https://acme.my.salesforce.com' },
  authentication: {
    externalCredential: 'Erp',
    parameterName: 'ExternalCredential',
    parameterType: 'Authentication',
  },
};

/** A Named Credential with an External Credential. */
export function namedCredentialFile(
  changes: Readonly<Record<string, Parameter | undefined>> = {},
  type = 'SecuredEndpoint',
): Files {
  const parameters = Object.values({ ...endpointParameters, ...changes }).filter((one) => one !== undefined);
  return {
    'namedCredentials/Erp.namedCredential': metadataXml(
      'NamedCredential',
      '<label>Erp</label>',
      ...parameters.map((parameter) => element('namedCredentialParameters', parameter)),
      `<namedCredentialType>${type}</namedCredentialType>`,
    ),
  };
}

const legacyFields: Readonly<Record<string, string>> = {
  authTokenEndpointUrl: 'https://acme.my.salesforce.com/services/oauth2/token',
  endpoint: 'https://acme.my.salesforce.com',
  jwtAudience: '"https://login.salesforce.com"',
  jwtIssuer: '3MVG9key',
  jwtSigningCertificate: 'crm',
  jwtTextSubject: 'integration@acme.com',
  jwtValidityPeriodSeconds: '180',
  label: 'Legacy',
  namedCredentialType: 'Legacy',
  principalType: 'NamedUser',
  protocol: 'JwtExchange',
};

/** A legacy Named Credential with the protocol JWT Token Exchange; undefined in `changes` removes an element. */
export function legacyCredentialFile(changes: Readonly<Record<string, string | undefined>> = {}): Files {
  const xml = element('NamedCredential', { ...legacyFields, ...changes });
  const lines = xml.slice('<NamedCredential>'.length, -'</NamedCredential>'.length);
  return { 'namedCredentials/Legacy.namedCredential': metadataXml('NamedCredential', lines) };
}

/** A permission set of the calling side. */
export function calloutPermissionSet(principals: readonly string[], classes: readonly string[] = []): Files {
  return {
    'permissionsets/Callouts.permissionset': metadataXml(
      'PermissionSet',
      ...classes.map((apexClass) => element('classAccesses', { apexClass, enabled: 'true' })),
      ...principals.map((externalCredentialPrincipal) =>
        element('externalCredentialPrincipalAccesses', { enabled: 'true', externalCredentialPrincipal }),
      ),
      '<label>Callouts</label>',
    ),
  };
}

export const cachePartitionFile: Files = {
  'cachePartitions/Tokens.cachePartition': metadataXml(
    'PlatformCachePartition',
    '<isDefaultPartition>false</isDefaultPartition>',
    '<masterLabel>Tokens of integrations</masterLabel>',
    '<platformCachePartitionTypes>',
    '<allocatedCapacity>1</allocatedCapacity>',
    '<allocatedPartnerCapacity>0</allocatedPartnerCapacity>',
    '<allocatedPurchasedCapacity>0</allocatedPurchasedCapacity>',
    '<allocatedTrialCapacity>0</allocatedTrialCapacity>',
    '<cacheType>Organization</cacheType>',
    '</platformCachePartitionTypes>',
  ),
};

/** A class, with its XML. */
export function classFile(name: string, source: string): Files {
  return {
    [`classes/${name}.cls`]: source,
    [`classes/${name}.cls-meta.xml`]: metadataXml(
      'ApexClass',
      '<apiVersion>67.0</apiVersion>',
      '<status>Active</status>',
    ),
  };
}
