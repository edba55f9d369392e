/** A metadata type as a deploy and a retrieve need to know it. */
export type MetadataType = {
  readonly name: string;
  readonly directory: string;
  /** Ending of its file in a zip of the Metadata API. */
  readonly suffix: string;
  /** Two files, like `X.cls` and `X.cls-meta.xml`, against one file that is all XML. */
  readonly hasContent: boolean;
  /** First three characters of a component's id. */
  readonly keyPrefix: string;
  readonly names: 'developer-name' | 'settings' | 'custom-metadata';
  readonly maxNameLength: number;
};

type Options = Partial<Pick<MetadataType, 'hasContent' | 'names' | 'maxNameLength'>>;

/**
 * The types that a local org takes, in the order in which they can be deployed: whatever a component names stands above it.
 * Names, directories and suffixes are those of SDR's registry, which a test compares. Key prefixes of the settings and
 * policies of External Client Apps are assumptions, except `888`, which stands in retrieved `oauthLink`s. 80 characters are
 * Salesforce's usual limit for developer names; 40 for Apex classes and certificates.
 */
export const metadataTypes: readonly MetadataType[] = [
  row('Certificate', 'certs', 'crt', '0P1', { hasContent: true, maxNameLength: 40 }),
  row('ApexClass', 'classes', 'cls', '01p', { hasContent: true, maxNameLength: 40 }),
  row('PermissionSet', 'permissionsets', 'permissionset', '0PS'),
  row('ConnectedApp', 'connectedApps', 'connectedApp', '0H4'),
  row('ExternalClientApplication', 'externalClientApps', 'eca', '0xI'),
  row('ExtlClntAppGlobalOauthSettings', 'extlClntAppGlobalOauthSets', 'ecaGlblOauth', '0xG'),
  row('ExtlClntAppOauthSettings', 'extlClntAppOauthSettings', 'ecaOauth', '888'),
  row('ExtlClntAppOauthSecuritySettings', 'extlClntAppOauthSecuritySettings', 'ecaOauthSecurity', '0xS'),
  row('ExtlClntAppOauthConfigurablePolicies', 'extlClntAppOauthPolicies', 'ecaOauthPlcy', '0xP'),
  row('ExtlClntAppConfigurablePolicies', 'extlClntAppPolicies', 'ecaPlcy', '0xC'),
  row('AuthProvider', 'authproviders', 'authprovider', '0SO'),
  row('ExternalCredential', 'externalCredentials', 'externalCredential', '0pE'),
  row('NamedCredential', 'namedCredentials', 'namedCredential', '0XA'),
  row('RemoteSiteSetting', 'remoteSiteSettings', 'remoteSite', '0rp'),
  row('CspTrustedSite', 'cspTrustedSites', 'cspTrustedSite', '08y'),
  row('CustomMetadata', 'customMetadata', 'md', 'm00', { names: 'custom-metadata' }),
  row('Settings', 'settings', 'settings', '000', { names: 'settings' }),
];

const byName = new Map(metadataTypes.map((type) => [type.name, type]));
const byDirectory = new Map(metadataTypes.map((type) => [type.directory, type]));

export function findMetadataType(name: string): MetadataType | undefined {
  return byName.get(name);
}

export function findTypeByDirectory(directory: string): MetadataType | undefined {
  return byDirectory.get(directory);
}

/** Place of a type in the order of deployment. */
export function deployOrder(type: MetadataType): number {
  return metadataTypes.indexOf(type);
}

/** Path of a component's file inside a package; with content, the other file has `-meta.xml` behind it. */
export function filePath(type: MetadataType, fullName: string): string {
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
    names: options.names ?? 'developer-name',
    maxNameLength: options.maxNameLength ?? 80,
  };
}
