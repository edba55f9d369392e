import { inFolder, type CatalogRow } from './catalog.js';

const server = { side: 'server' } as const;

const permissionSet: CatalogRow = {
  ...server,
  type: 'PermissionSet',
  named: 'permissionSet',
  path: inFolder('permissionsets', 'permissionset-meta.xml'),
  template: 'metadata/permission-set.hbs',
  needs: ['appLabel', 'permissionSetLabel'],
};

/**
 * An External Client App is five components. Salesforce makes both policies by itself when it makes an app in Setup, named
 * after the app and the OAuth settings with `_defaultPolicy` behind. Assumption, from what tools deploy and retrieve: the same
 * names hold for an app that a deploy makes, and the policies may come in that very deploy, so that ours become the app's and
 * no second pair is added.
 */
const externalClientApp: readonly CatalogRow[] = [
  {
    ...server,
    type: 'ExternalClientApplication',
    named: 'appName',
    path: inFolder('externalClientApps', 'eca-meta.xml'),
    template: 'metadata/external-client-application.hbs',
    needs: ['appLabel', 'contactEmail'],
  },
  {
    ...server,
    type: 'ExtlClntAppGlobalOauthSettings',
    named: 'appName',
    path: inFolder('extlClntAppGlobalOauthSets', 'ecaGlblOauth-meta.xml'),
    template: 'metadata/eca-global-oauth-settings.hbs',
    needs: ['appName', 'callbackUrl', 'certificatePem'],
  },
  {
    ...server,
    type: 'ExtlClntAppOauthSettings',
    named: 'appName',
    path: inFolder('extlClntAppOauthSettings', 'ecaOauth-meta.xml'),
    template: 'metadata/eca-oauth-settings.hbs',
    needs: ['appName', 'commaSeparatedScopes'],
  },
  {
    ...server,
    type: 'ExtlClntAppOauthConfigurablePolicies',
    named: 'appName',
    nameSuffix: '_defaultPolicy',
    path: inFolder('extlClntAppOauthPolicies', 'ecaOauthPlcy-meta.xml'),
    template: 'metadata/eca-oauth-policies.hbs',
    needs: ['appName', 'permissionSet'],
  },
  {
    ...server,
    type: 'ExtlClntAppConfigurablePolicies',
    named: 'appName',
    nameSuffix: '_defaultPolicy',
    path: inFolder('extlClntAppPolicies', 'ecaPlcy-meta.xml'),
    template: 'metadata/eca-policies.hbs',
    needs: ['appName'],
  },
];

const connectedApp: CatalogRow = {
  ...server,
  type: 'ConnectedApp',
  named: 'appName',
  path: inFolder('connectedApps', 'connectedApp-meta.xml'),
  template: 'metadata/connected-app.hbs',
  needs: ['appLabel', 'callbackUrl', 'certificatePem', 'contactEmail', 'permissionSet', 'scopes'],
};

export const serverCatalog = {
  'external-client-app': [permissionSet, ...externalClientApp],
  'connected-app': [permissionSet, connectedApp],
} as const satisfies Record<string, readonly CatalogRow[]>;
