import type { X509Certificate } from 'node:crypto';
import { readAppCertificate } from './metadata/components/app-certificate.js';
import { openStored } from './metadata/package/candidate.js';
import {
  childNamed,
  isTrue,
  listedIn,
  newElement,
  textOf,
  textsOf,
  type XmlElement,
} from './metadata/xml/xml-element.js';
import type { LocalOrg, StoredComponent } from './model.js';
import { isSameName } from './store/names.js';

/** An app as the token endpoint sees it, whichever of the two kinds it is. */
export type App = {
  readonly kind: 'external-client-app' | 'connected-app';
  /** Of the component and of the app's row: `SetupEntityAccess.SetupEntityId` points to it. */
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
  /** API name of the app's component. */
  readonly name: string;
  readonly createdAt: number;
  /** As deployed; undefined where none was, for nobody can read the one that an org makes. */
  readonly consumerSecret: string | undefined;
  readonly introspectsAll: boolean;
  /** Minutes without use after which its sessions end; undefined for those of the user or the org. */
  readonly sessionTimeoutMinutes: number | undefined;
  /** Session security level that it asks for, like `HIGH_ASSURANCE`. */
  readonly sessionLevel: string | undefined;
  /** Whether its access tokens are JWTs, and for how many minutes: undefined for as long as a session of the user. */
  readonly issuesJwt: boolean;
  readonly jwtTimeoutMinutes: number | undefined;
};

/** Assumption: what Setup offers for JWT-based access tokens where nothing is chosen. */
const defaultJwtTimeoutMinutes = 30;

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
    const partOf = (type: string): XmlElement => findPart(org, type, component.fullName);
    const globalOauth = partOf('ExtlClntAppGlobalOauthSettings');
    const policies = partOf('ExtlClntAppOauthConfigurablePolicies');
    return {
      kind: 'external-client-app',
      ids: idsOf(org, 'ExternalClientApplication', 'DeveloperName', component),
      consumerKey: textOf(globalOauth, 'consumerKey') ?? '',
      certificate: certificateIn(globalOauth),
      scopes: listedIn(partOf('ExtlClntAppOauthSettings'), 'commaSeparatedOauthScopes'),
      isEnabled: textOf(partOf('ExtlClntAppConfigurablePolicies'), 'isEnabled') !== 'false',
      isAdminApproved: textOf(policies, 'permittedUsersPolicyType') === 'AdminApprovedPreAuthorized',
      permissionSets: listedIn(policies, 'commaSeparatedPermissionSet'),
      profiles: listedIn(policies, 'commaSeparatedProfile'),
      name: component.fullName,
      createdAt: component.createdAt,
      consumerSecret: textOf(globalOauth, 'consumerSecret'),
      introspectsAll: isTrue(globalOauth, 'isIntrospectAllTokens'),
      sessionTimeoutMinutes: minutesIn(policies, 'sessionTimeoutInMinutes'),
      sessionLevel: textOf(policies, 'requiredSessionLevel'),
      issuesJwt: isTrue(globalOauth, 'isNamedUserJwtEnabled'),
      jwtTimeoutMinutes:
        textOf(policies, 'namedUserJwtSessionTimeoutType') === 'UserSession'
          ? undefined
          : (minutesIn(policies, 'namedUserJwtTimeout') ?? defaultJwtTimeoutMinutes),
    };
  });
}

function connectedApps(org: LocalOrg): readonly App[] {
  return org.components.all('ConnectedApp').map((component) => {
    const { root } = openStored(component);
    const config = childNamed(root, 'oauthConfig') ?? noElement;
    const sessions = childNamed(root, 'sessionPolicy') ?? noElement;
    return {
      kind: 'connected-app',
      ids: idsOf(org, 'ConnectedApplication', 'Name', component),
      consumerKey: textOf(config, 'consumerKey') ?? '',
      certificate: certificateIn(config),
      scopes: textsOf(config, 'scopes'),
      isEnabled: true,
      isAdminApproved: isTrue(config, 'isAdminApproved'),
      permissionSets: textsOf(root, 'permissionSetName'),
      profiles: textsOf(root, 'profileName'),
      name: component.fullName,
      createdAt: component.createdAt,
      consumerSecret: textOf(config, 'consumerSecret'),
      introspectsAll: isTrue(config, 'isIntrospectAllTokens'),
      sessionTimeoutMinutes: minutesIn(sessions, 'sessionTimeout'),
      sessionLevel: textOf(sessions, 'sessionLevel'),
      issuesJwt: isTrue(config, 'isNamedUserJwtEnabled'),
      jwtTimeoutMinutes: defaultJwtTimeoutMinutes,
    };
  });
}

/** Stands for a part that an app does not have. */
const noElement = newElement('none', []);

function findPart(org: LocalOrg, type: string, app: string): XmlElement {
  const roots = org.components.all(type).map((stored) => openStored(stored).root);
  return roots.find((root) => isSameName(textOf(root, 'externalClientApplication') ?? '', app)) ?? noElement;
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

/** Reading a certificate takes far longer than anything else that a token request needs of an app. */
const certificates = new WeakMap<XmlElement, ReturnType<typeof readAppCertificate>>();

function certificateIn(holder: XmlElement): X509Certificate | undefined {
  const read = certificates.get(holder) ?? readAppCertificate(textOf(holder, 'certificate') ?? '');
  certificates.set(holder, read);
  return read.kind === 'certificate' ? read.certificate : undefined;
}

/** A number of minutes above 0, or undefined. */
function minutesIn(element: XmlElement, name: string): number | undefined {
  const minutes = Number(textOf(element, name));
  return minutes > 0 ? minutes : undefined;
}
