import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Path in a Metadata API package to content. */
export type Files = Readonly<Record<string, string>>;

/** A metadata file. */
export function metadataXml(type: string, ...lines: readonly string[]): string {
  const inner = lines.map((line) => `    ${line}\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">\n${inner}</${type}>\n`;
}

/** A package.xml; members by type. */
export function packageXml(members: Readonly<Record<string, readonly string[]>>): string {
  const types = Object.entries(members).map(
    ([name, names]) =>
      `<types>${names.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`,
  );
  return metadataXml('Package', ...types, '<version>67.0</version>');
}

const app = '<externalClientApplication>Crm</externalClientApplication>';

export const permissionSetFile = {
  'permissionsets/Crm_Access.permissionset': metadataXml('PermissionSet', '<label>Crm &amp; Co</label>'),
};

export const classFiles = {
  'classes/Pricing.cls': "public class Pricing {\n    // comment\n    String url = 'https://x';\n}\n",
  'classes/Pricing.cls-meta.xml': metadataXml('ApexClass', '<apiVersion>67.0</apiVersion>', '<status>Active</status>'),
};

export const certificateFiles = {
  'certs/crm.crt': '',
  'certs/crm.crt-meta.xml': metadataXml(
    'Certificate',
    '<caSigned>false</caSigned>',
    '<keySize>2048</keySize>',
    '<masterLabel>crm</masterLabel>',
  ),
};

export const remoteSiteFile = (url = 'https://acme.my.salesforce.com'): Files => ({
  'remoteSiteSettings/Crm.remoteSite': metadataXml(
    'RemoteSiteSetting',
    '<disableProtocolSecurity>false</disableProtocolSecurity>',
    '<isActive>true</isActive>',
    `<url>${url}</url>`,
  ),
});

export type AppOptions = {
  readonly certificate?: string;
  readonly consumerKey?: string;
  readonly permissionSet?: string;
};

export const globalOauthFile = ({ certificate, consumerKey }: AppOptions = {}): Files => ({
  'extlClntAppGlobalOauthSets/Crm.ecaGlblOauth': metadataXml(
    'ExtlClntAppGlobalOauthSettings',
    '<callbackUrl>http://localhost:1717/OauthRedirect</callbackUrl>',
    ...(certificate === undefined ? [] : [`<certificate>${certificate}</certificate>`]),
    ...(consumerKey === undefined ? [] : [`<consumerKey>${consumerKey}</consumerKey>`]),
    app,
    '<label>Crm</label>',
  ),
});

export const externalClientAppFiles = (options: AppOptions = {}): Files => ({
  'externalClientApps/Crm.eca': metadataXml(
    'ExternalClientApplication',
    '<contactEmail>ops@acme.com</contactEmail>',
    '<distributionState>Local</distributionState>',
    '<label>Crm</label>',
  ),
  ...globalOauthFile(options),
  'extlClntAppOauthSettings/Crm.ecaOauth': metadataXml(
    'ExtlClntAppOauthSettings',
    '<commaSeparatedOauthScopes>Api, Web, RefreshToken</commaSeparatedOauthScopes>',
    app,
    '<label>Crm</label>',
  ),
  'extlClntAppOauthPolicies/Crm.ecaOauthPlcy': metadataXml(
    'ExtlClntAppOauthConfigurablePolicies',
    `<commaSeparatedPermissionSet>${options.permissionSet ?? 'Crm_Access'}</commaSeparatedPermissionSet>`,
    app,
    '<permittedUsersPolicyType>AdminApprovedPreAuthorized</permittedUsersPolicyType>',
  ),
  'extlClntAppPolicies/Crm.ecaPlcy': metadataXml(
    'ExtlClntAppConfigurablePolicies',
    app,
    '<isEnabled>true</isEnabled>',
    '<isOauthPluginEnabled>true</isOauthPluginEnabled>',
  ),
});

export const connectedAppFile = (options: AppOptions & { readonly isAdminApproved?: boolean } = {}): Files => ({
  'connectedApps/Erp.connectedApp': metadataXml(
    'ConnectedApp',
    '<contactEmail>ops@acme.com</contactEmail>',
    '<label>Erp</label>',
    '<oauthConfig>',
    '<callbackUrl>http://localhost:1717/OauthRedirect</callbackUrl>',
    ...(options.certificate === undefined ? [] : [`<certificate>${options.certificate}</certificate>`]),
    ...(options.consumerKey === undefined ? [] : [`<consumerKey>${options.consumerKey}</consumerKey>`]),
    '<consumerSecret>hidden1234</consumerSecret>',
    `<isAdminApproved>${String(options.isAdminApproved ?? true)}</isAdminApproved>`,
    '<scopes>Api</scopes>',
    '<scopes>RefreshToken</scopes>',
    '</oauthConfig>',
    `<permissionSetName>${options.permissionSet ?? 'Crm_Access'}</permissionSetName>`,
  ),
});

/** One component of each type that a local org only keeps. */
export const keptFiles: Files = {
  'namedCredentials/Crm.namedCredential': metadataXml('NamedCredential', '<label>Crm</label>'),
  'externalCredentials/Crm.externalCredential': metadataXml(
    'ExternalCredential',
    '<authenticationProtocol>Oauth</authenticationProtocol>',
    '<label>Crm</label>',
  ),
  'cspTrustedSites/Crm.cspTrustedSite': metadataXml(
    'CspTrustedSite',
    '<endpointUrl>https://acme.com</endpointUrl>',
    '<isActive>true</isActive>',
  ),
  'authproviders/Crm.authprovider': metadataXml(
    'AuthProvider',
    '<friendlyName>Crm</friendlyName>',
    '<providerType>Salesforce</providerType>',
  ),
  'customMetadata/Jwt_Setting.Default.md': metadataXml(
    'CustomMetadata',
    '<label>Default</label>',
    '<values>',
    '<field>Key__c</field>',
    '<value xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xsd:string">k</value>',
    '</values>',
  ),
  'settings/IdentityProvider.settings': metadataXml(
    'IdentityProviderSettings',
    '<certificateName>crm</certificateName>',
    '<enableIdentityProvider>true</enableIdentityProvider>',
  ),
};

/** Every type that a local org knows, but the two that need something more. */
export const allFiles = (options: AppOptions = {}): Files => ({
  ...permissionSetFile,
  ...classFiles,
  ...certificateFiles,
  ...remoteSiteFile(),
  ...externalClientAppFiles(options),
  ...connectedAppFile(options),
  ...keptFiles,
});

/** Writes files as a DX project has them: with `-meta.xml` behind every XML file. */
export function writeSource(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const isXml = content.startsWith('<?xml');
    const name = isXml && !path.endsWith('-meta.xml') ? `${path}-meta.xml` : path;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}
