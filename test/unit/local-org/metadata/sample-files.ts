import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  cachePartitionFile,
  externalCredentialFile,
  namedCredentialFile,
  objectFile,
  recordFile,
} from './client-files.js';
import { metadataXml, type Files } from './metadata-xml.js';

export { metadataXml, packageXml, type Files } from './metadata-xml.js';

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
  readonly consumerSecret?: string;
  readonly permissionSet?: string;
};

export const globalOauthFile = ({ certificate, consumerKey, consumerSecret }: AppOptions = {}): Files => ({
  'extlClntAppGlobalOauthSets/Crm.ecaGlblOauth': metadataXml(
    'ExtlClntAppGlobalOauthSettings',
    '<callbackUrl>http://localhost:1717/OauthRedirect</callbackUrl>',
    ...(certificate === undefined ? [] : [`<certificate>${certificate}</certificate>`]),
    ...(consumerKey === undefined ? [] : [`<consumerKey>${consumerKey}</consumerKey>`]),
    ...(consumerSecret === undefined ? [] : [`<consumerSecret>${consumerSecret}</consumerSecret>`]),
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

/** The other types, one component of each. */
export const otherFiles = (): Files => ({
  ...objectFile(),
  ...recordFile(),
  ...externalCredentialFile(),
  ...namedCredentialFile(),
  ...cachePartitionFile,
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
  'settings/IdentityProvider.settings': metadataXml(
    'IdentityProviderSettings',
    '<certificateName>crm</certificateName>',
    '<enableIdentityProvider>true</enableIdentityProvider>',
  ),
});

/** Every type that a local org knows. */
export const allFiles = (options: AppOptions = {}): Files => ({
  ...permissionSetFile,
  ...classFiles,
  ...certificateFiles,
  ...remoteSiteFile(),
  ...externalClientAppFiles(options),
  ...connectedAppFile(options),
  ...otherFiles(),
});

/** Writes files as a DX project has them: with `-meta.xml` behind every XML file, and fields beside their object. */
export function writeSource(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files).flatMap(([path, content]) => decompose(path, content))) {
    const isXml = content.startsWith('<?xml');
    const name = isXml && !path.endsWith('-meta.xml') ? `${path}-meta.xml` : path;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

function decompose(path: string, content: string): readonly (readonly [string, string])[] {
  const object = /^objects\/(\w+)\.object$/.exec(path)?.[1];
  if (object === undefined) return [[path, content]];
  const fields = [...content.matchAll(/<fields>(.*<fullName>(\w+)<\/fullName>.*)<\/fields>/g)];
  return [
    [`objects/${object}/${object}.object`, content.replace(/ *<fields>.*<\/fields>\n/g, '')],
    ...fields.map(
      ([, xml = '', name = '']) => [`objects/${object}/fields/${name}.field`, metadataXml('CustomField', xml)] as const,
    ),
  ];
}
