import { X509Certificate } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import type { LocalOrg, StoredComponent } from './model.js';

/** An app as the token endpoint sees it, whichever of the two kinds it is. */
export type App = {
  readonly kind: 'external-client-app' | 'connected-app';
  readonly name: string;
  /** Id of the app's row: `SetupEntityAccess.SetupEntityId` points to it. */
  readonly ids: readonly string[];
  readonly consumerKey: string;
  /** What verifies assertions; undefined where the app has none, or one that cannot be read. */
  readonly certificate: X509Certificate | undefined;
  /** Metadata names: `Api`, `Web`, `RefreshToken`, … */
  readonly scopes: readonly string[];
  readonly isEnabled: boolean;
  /** Only users whom an administrator approved in advance, against every user for themselves in a browser. */
  readonly isAdminApproved: boolean;
  /** API names (or ids) of the permission sets, and labels of the profiles, whose users are approved. */
  readonly permissionSets: readonly string[];
  readonly profiles: readonly string[];
};

type Element = Readonly<Record<string, unknown>>;

/** The apps that are deployed to an org and have a consumer key. */
export function deployedApps(org: LocalOrg): readonly App[] {
  return [...externalClientApps(org), ...connectedApps(org)].filter(({ consumerKey }) => consumerKey !== '');
}

/** The app with this consumer key (`iss`), or undefined. */
export function findApp(org: LocalOrg, consumerKey: string): App | undefined {
  return deployedApps(org).find((app) => app.consumerKey === consumerKey);
}

/** An External Client App is five components that name it; the certificate is in the global OAuth settings. */
function externalClientApps(org: LocalOrg): readonly App[] {
  return org.components.all('ExternalClientApplication').map((component) => {
    const settingsOf = (type: string): Element => findSettings(org, type, component.fullName);
    const globalOauth = settingsOf('ExtlClntAppGlobalOauthSettings');
    const policies = settingsOf('ExtlClntAppOauthConfigurablePolicies');
    return {
      kind: 'external-client-app',
      name: component.fullName,
      ids: idsOf(org, 'ExternalClientApplication', 'DeveloperName', component),
      consumerKey: text(globalOauth['consumerKey']),
      certificate: readAppCertificate(text(globalOauth['certificate'])),
      scopes: listed(settingsOf('ExtlClntAppOauthSettings')['commaSeparatedOauthScopes']),
      isEnabled: text(settingsOf('ExtlClntAppConfigurablePolicies')['isEnabled']) !== 'false',
      isAdminApproved: text(policies['permittedUsersPolicyType']) === 'AdminApprovedPreAuthorized',
      permissionSets: listed(policies['commaSeparatedPermissionSet']),
      profiles: listed(policies['commaSeparatedProfile']),
    };
  });
}

function connectedApps(org: LocalOrg): readonly App[] {
  return org.components.all('ConnectedApp').map((component) => {
    const root = rootElement(component);
    const config = element(root['oauthConfig']);
    return {
      kind: 'connected-app',
      name: component.fullName,
      ids: idsOf(org, 'ConnectedApplication', 'Name', component),
      consumerKey: text(config['consumerKey']),
      certificate: readAppCertificate(text(config['certificate'])),
      scopes: texts(config['scopes']),
      isEnabled: true,
      isAdminApproved: text(config['isAdminApproved']) === 'true',
      permissionSets: texts(root['permissionSetName']),
      profiles: texts(root['profileName']),
    };
  });
}

function findSettings(org: LocalOrg, type: string, app: string): Element {
  const all = org.components.all(type).map(rootElement);
  return all.find((root) => text(root['externalClientApplication']) === app) ?? {};
}

function idsOf(
  org: LocalOrg,
  objectName: string,
  nameField: string,
  { id, fullName }: StoredComponent,
): readonly string[] {
  const row = org.records.all(objectName).find((record) => record[nameField] === fullName);
  return row ? [id, row.Id] : [id];
}

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: true });

/** The root element of a component's one XML file. */
export function rootElement(component: StoredComponent): Element {
  const [content] = component.files.values();
  if (!content) return {};
  const document = element(parser.parse(Buffer.from(content).toString('utf8')));
  return element(Object.entries(document).find(([name]) => !name.startsWith('?'))?.[1]);
}

/**
 * A certificate as apps hold it. Orgs are seen to accept a whole PEM, its base64 body alone, and the base64 of a whole PEM.
 */
export function readAppCertificate(encoded: string): X509Certificate | undefined {
  if (encoded === '') return undefined;
  try {
    return new X509Certificate(encoded.includes('-----BEGIN') ? encoded : Buffer.from(encoded, 'base64'));
  } catch {
    return undefined;
  }
}

function element(value: unknown): Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Element) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function texts(value: unknown): readonly string[] {
  return [value]
    .flat()
    .map(text)
    .filter((entry) => entry !== '');
}

function listed(value: unknown): readonly string[] {
  return text(value)
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
