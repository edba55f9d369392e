/** A metadata type as a deploy and a retrieve need to know it. */
export type MetadataType = {
  readonly name: string;
  readonly directory: string;
  /** Ending of its file in a zip of the Metadata API. */
  readonly suffix: string;
  /** Two files, like `X.cls` and `X.cls-meta.xml`, against one file that is all XML. */
  readonly hasContent: boolean;
  /** The type in whose files its components stand, as fields do in those of objects. */
  readonly parent?: string;
  /** First three characters of a component's id. */
  readonly keyPrefix: string;
  readonly names: 'developer-name' | 'settings' | 'custom-metadata' | 'custom-object' | 'custom-field';
  readonly maxNameLength: number;
};

type Options = Partial<Pick<MetadataType, 'hasContent' | 'parent' | 'names' | 'maxNameLength'>>;

/** Salesforce's limit for names of objects, fields and records, without a suffix like `__c`. */
export const maxObjectNameLength = 40;

/**
 * The types that a local org takes, in the order in which they can be deployed: whatever a component names stands above it.
 * Names, directories and suffixes are those of SDR's registry, which a test compares. Key prefixes of the settings and
 * policies of External Client Apps are assumptions, except `888`, which stands in retrieved `oauthLink`s. 80 characters are
 * Salesforce's usual limit for developer names; 40 for Apex classes, certificates, and each part of the name of an object, a
 * field or a record.
 */
export const metadataTypes: readonly MetadataType[] = [
  row('Certificate', 'certs', 'crt', '0P1', { hasContent: true, maxNameLength: 40 }),
  row('ApexClass', 'classes', 'cls', '01p', { hasContent: true, maxNameLength: 40 }),
  row('CustomObject', 'objects', 'object', '01I', { names: 'custom-object', maxNameLength: 45 }),
  row('CustomField', 'fields', 'field', '00N', { names: 'custom-field', maxNameLength: 89, parent: 'CustomObject' }),
  row('CustomMetadata', 'customMetadata', 'md', 'm00', { names: 'custom-metadata', maxNameLength: 86 }),
  row('PlatformCachePartition', 'cachePartitions', 'cachePartition', '0Er'),
  row('AuthProvider', 'authproviders', 'authprovider', '0SO'),
  row('ExternalCredential', 'externalCredentials', 'externalCredential', '0pE'),
  row('NamedCredential', 'namedCredentials', 'namedCredential', '0XA'),
  row('PermissionSet', 'permissionsets', 'permissionset', '0PS'),
  row('ConnectedApp', 'connectedApps', 'connectedApp', '0H4'),
  row('ExternalClientApplication', 'externalClientApps', 'eca', '0xI'),
  row('ExtlClntAppGlobalOauthSettings', 'extlClntAppGlobalOauthSets', 'ecaGlblOauth', '0xG'),
  row('ExtlClntAppOauthSettings', 'extlClntAppOauthSettings', 'ecaOauth', '888'),
  row('ExtlClntAppOauthSecuritySettings', 'extlClntAppOauthSecuritySettings', 'ecaOauthSecurity', '0xS'),
  row('ExtlClntAppOauthConfigurablePolicies', 'extlClntAppOauthPolicies', 'ecaOauthPlcy', '0xP'),
  row('ExtlClntAppConfigurablePolicies', 'extlClntAppPolicies', 'ecaPlcy', '0xC'),
  row('RemoteSiteSetting', 'remoteSiteSettings', 'remoteSite', '0rp'),
  row('CspTrustedSite', 'cspTrustedSites', 'cspTrustedSite', '08y'),
  row('Settings', 'settings', 'settings', '000', { names: 'settings' }),
];

const byName = new Map(metadataTypes.map((type) => [type.name, type]));
const byDirectory = new Map(
  metadataTypes.filter(({ parent }) => parent === undefined).map((type) => [type.directory, type]),
);

export function findMetadataType(name: string): MetadataType | undefined {
  return byName.get(name);
}

/** @returns The type whose files are in a directory; types without files of their own have none */
export function findTypeByDirectory(directory: string): MetadataType | undefined {
  return byDirectory.get(directory);
}

/** Names of the types whose components stand in the files of a type. */
export function childTypesOf(name: string): readonly string[] {
  return metadataTypes.filter(({ parent }) => parent === name).map((type) => type.name);
}

/** Place of a type in the order of deployment. */
export function deployOrder(type: MetadataType): number {
  return metadataTypes.indexOf(type);
}

/** Path of a component's file inside a package; with content, the other file has `-meta.xml` behind it. */
export function filePath(type: MetadataType, fullName: string): string {
  const parent = type.parent === undefined ? undefined : byName.get(type.parent);
  if (parent) return filePath(parent, fullName.split('.')[0] ?? '');
  return `${type.directory}/${fullName}.${type.suffix}`;
}

/** Name of the root element of a component's XML: that of a setting is not its type, but the setting. */
export function rootName(type: MetadataType, fullName: string): string {
  return type.names === 'settings' ? `${fullName}Settings` : type.name;
}

function row(name: string, directory: string, suffix: string, keyPrefix: string, options: Options = {}): MetadataType {
  return {
    name,
    directory,
    suffix,
    keyPrefix,
    hasContent: options.hasContent ?? false,
    ...(options.parent === undefined ? {} : { parent: options.parent }),
    names: options.names ?? 'developer-name',
    maxNameLength: options.maxNameLength ?? 80,
  };
}
