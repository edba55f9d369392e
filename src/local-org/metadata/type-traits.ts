/** What no registry says of a type: how its components are named, and what their ids start with. */
export type Traits = {
  /** First three characters of a component's id. */
  readonly keyPrefix: string;
  readonly names: 'any' | 'developer-name' | 'settings' | 'custom-metadata' | 'custom-object' | 'custom-field';
  readonly maxNameLength: number;
};

/** Salesforce's limit for names of objects, fields and records, without a suffix like `__c`. */
export const maxObjectNameLength = 40;

/**
 * Of a type that nothing more is known of: names of files that have no control characters, and ids like those of components
 * that have none in orgs. Both are assumptions.
 */
export const generalTraits: Traits = { keyPrefix: '000', names: 'any', maxNameLength: 255 };

/**
 * Key prefixes of the settings and policies of External Client Apps are assumptions, except `888`, which stands in retrieved
 * `oauthLink`s; those of other types are the ones of record ids. 80 characters are Salesforce's usual limit for developer
 * names; 40 for Apex, certificates, and each part of the name of an object, a field or a record.
 */
const traits = new Map<string, Partial<Traits>>(
  Object.entries({
    Certificate: { keyPrefix: '0P1', names: 'developer-name', maxNameLength: 40 },
    ApexClass: { keyPrefix: '01p', names: 'developer-name', maxNameLength: 40 },
    ApexTrigger: { keyPrefix: '01q', names: 'developer-name', maxNameLength: 40 },
    ApexPage: { keyPrefix: '066', names: 'developer-name', maxNameLength: 80 },
    ApexComponent: { keyPrefix: '099', names: 'developer-name', maxNameLength: 80 },
    StaticResource: { keyPrefix: '081' },
    AuraDefinitionBundle: { keyPrefix: '0Ab' },
    LightningComponentBundle: { keyPrefix: '0Rb' },
    Flow: { keyPrefix: '300' },
    Layout: { keyPrefix: '00h' },
    Profile: { keyPrefix: '00e' },
    CustomApplication: { keyPrefix: '02u' },
    CustomTab: { keyPrefix: '01r' },
    CustomPermission: { keyPrefix: '0CP', names: 'developer-name', maxNameLength: 80 },
    PermissionSetGroup: { keyPrefix: '0PG', names: 'developer-name', maxNameLength: 80 },
    FlexiPage: { keyPrefix: '0M0' },
    Report: { keyPrefix: '00O' },
    Dashboard: { keyPrefix: '01Z' },
    Document: { keyPrefix: '015' },
    EmailTemplate: { keyPrefix: '00X' },
    CustomLabel: { keyPrefix: '101' },
    RecordType: { keyPrefix: '012' },
    ValidationRule: { keyPrefix: '03d' },
    CustomObject: { keyPrefix: '01I', names: 'custom-object', maxNameLength: 45 },
    CustomField: { keyPrefix: '00N', names: 'custom-field', maxNameLength: 89 },
    CustomMetadata: { keyPrefix: 'm00', names: 'custom-metadata', maxNameLength: 86 },
    PlatformCachePartition: { keyPrefix: '0Er', names: 'developer-name', maxNameLength: 80 },
    AuthProvider: { keyPrefix: '0SO', names: 'developer-name', maxNameLength: 80 },
    ExternalCredential: { keyPrefix: '0pE', names: 'developer-name', maxNameLength: 80 },
    NamedCredential: { keyPrefix: '0XA', names: 'developer-name', maxNameLength: 80 },
    PermissionSet: { keyPrefix: '0PS', names: 'developer-name', maxNameLength: 80 },
    ConnectedApp: { keyPrefix: '0H4', names: 'developer-name', maxNameLength: 80 },
    ExternalClientApplication: { keyPrefix: '0xI', names: 'developer-name', maxNameLength: 80 },
    ExtlClntAppGlobalOauthSettings: { keyPrefix: '0xG', names: 'developer-name', maxNameLength: 80 },
    ExtlClntAppOauthSettings: { keyPrefix: '888', names: 'developer-name', maxNameLength: 80 },
    ExtlClntAppOauthSecuritySettings: { keyPrefix: '0xS', names: 'developer-name', maxNameLength: 80 },
    ExtlClntAppOauthConfigurablePolicies: { keyPrefix: '0xP', names: 'developer-name', maxNameLength: 80 },
    ExtlClntAppConfigurablePolicies: { keyPrefix: '0xC', names: 'developer-name', maxNameLength: 80 },
    RemoteSiteSetting: { keyPrefix: '0rp', names: 'developer-name', maxNameLength: 80 },
    CspTrustedSite: { keyPrefix: '08y', names: 'developer-name', maxNameLength: 80 },
    Settings: { names: 'settings', maxNameLength: 80 },
  } satisfies Record<string, Partial<Traits>>),
);

/** What is known of a type. */
export function traitsOf(name: string): Partial<Traits> {
  return traits.get(name) ?? {};
}

/** The types whose components others name, or that name others, in an order in which whatever is named comes first. */
export const deployFirst: readonly string[] = [
  'Certificate',
  'ApexClass',
  'CustomObject',
  'CustomField',
  'CustomMetadata',
  'PlatformCachePartition',
  'AuthProvider',
  'ExternalCredential',
  'NamedCredential',
  'PermissionSet',
  'ConnectedApp',
  'ExternalClientApplication',
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthSettings',
  'ExtlClntAppOauthSecuritySettings',
  'ExtlClntAppOauthConfigurablePolicies',
  'ExtlClntAppConfigurablePolicies',
  'RemoteSiteSetting',
  'CspTrustedSite',
  'Settings',
];
