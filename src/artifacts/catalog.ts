import type { Artifact, ComponentRef, Side } from './artifact.js';
import { render, type TemplateValues } from './render.js';

/** One generated file: which template makes it, where it lies in source format, what the template reads. */
export type CatalogRow = {
  readonly side: Side;
  /** Metadata type, as package.xml names it. */
  readonly type: string;
  /** The value that is the component's full name, and what is put behind it. */
  readonly named: string;
  readonly nameSuffix?: string;
  /** Folder and file suffix as the CLI's metadata registry has them. */
  readonly folder: string;
  readonly suffix: string;
  readonly template: string;
  readonly needs: readonly string[];
};

const server = { side: 'server' } as const;
const client = { side: 'client' } as const;

const permissionSet: CatalogRow = {
  ...server,
  type: 'PermissionSet',
  named: 'permissionSet',
  folder: 'permissionsets',
  suffix: 'permissionset-meta.xml',
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
    folder: 'externalClientApps',
    suffix: 'eca-meta.xml',
    template: 'metadata/external-client-application.hbs',
    needs: ['appLabel', 'contactEmail'],
  },
  {
    ...server,
    type: 'ExtlClntAppGlobalOauthSettings',
    named: 'appName',
    folder: 'extlClntAppGlobalOauthSets',
    suffix: 'ecaGlblOauth-meta.xml',
    template: 'metadata/eca-global-oauth-settings.hbs',
    needs: ['appName', 'callbackUrl', 'certificatePem'],
  },
  {
    ...server,
    type: 'ExtlClntAppOauthSettings',
    named: 'appName',
    folder: 'extlClntAppOauthSettings',
    suffix: 'ecaOauth-meta.xml',
    template: 'metadata/eca-oauth-settings.hbs',
    needs: ['appName', 'commaSeparatedScopes'],
  },
  {
    ...server,
    type: 'ExtlClntAppOauthConfigurablePolicies',
    named: 'appName',
    nameSuffix: '_defaultPolicy',
    folder: 'extlClntAppOauthPolicies',
    suffix: 'ecaOauthPlcy-meta.xml',
    template: 'metadata/eca-oauth-policies.hbs',
    needs: ['appName', 'permissionSet'],
  },
  {
    ...server,
    type: 'ExtlClntAppConfigurablePolicies',
    named: 'appName',
    nameSuffix: '_defaultPolicy',
    folder: 'extlClntAppPolicies',
    suffix: 'ecaPlcy-meta.xml',
    template: 'metadata/eca-policies.hbs',
    needs: ['appName'],
  },
];

const connectedApp: CatalogRow = {
  ...server,
  type: 'ConnectedApp',
  named: 'appName',
  folder: 'connectedApps',
  suffix: 'connectedApp-meta.xml',
  template: 'metadata/connected-app.hbs',
  needs: ['appLabel', 'callbackUrl', 'certificatePem', 'contactEmail', 'permissionSet', 'scopes'],
};

export const serverCatalog = {
  'external-client-app': [permissionSet, ...externalClientApp],
  'connected-app': [permissionSet, connectedApp],
} as const satisfies Record<string, readonly CatalogRow[]>;

const certificate = {
  ...client,
  type: 'Certificate',
  named: 'certificateName',
  folder: 'certs',
} as const;
const apexClass = { ...client, type: 'ApexClass', folder: 'classes' } as const;

/** The org makes its own key pair for a Certificate that comes with an empty content file. */
export const certificateCatalog: readonly CatalogRow[] = [
  { ...certificate, suffix: 'crt', template: 'metadata/certificate-content.hbs', needs: [] },
  {
    ...certificate,
    suffix: 'crt-meta.xml',
    template: 'metadata/certificate.hbs',
    needs: ['certificateName', 'keySize'],
  },
];

export const clientCatalog = {
  external: [],
  apex: [
    {
      ...client,
      type: 'RemoteSiteSetting',
      named: 'className',
      folder: 'remoteSiteSettings',
      suffix: 'remoteSite-meta.xml',
      template: 'metadata/remote-site.hbs',
      needs: ['allowsHttp', 'appLabel', 'instanceUrl'],
    },
    {
      ...apexClass,
      named: 'className',
      suffix: 'cls',
      template: 'apex/token-provider.hbs',
      needs: ['apiVersion', 'className', 'settings', 'testClassName'],
    },
    {
      ...apexClass,
      named: 'className',
      suffix: 'cls-meta.xml',
      template: 'metadata/apex-class.hbs',
      needs: ['apiVersion'],
    },
    {
      ...apexClass,
      named: 'testClassName',
      suffix: 'cls',
      template: 'apex/token-provider-test.hbs',
      needs: ['className', 'testClassName'],
    },
    {
      ...apexClass,
      named: 'testClassName',
      suffix: 'cls-meta.xml',
      template: 'metadata/apex-class.hbs',
      needs: ['apiVersion'],
    },
  ],
} as const satisfies Record<string, readonly CatalogRow[]>;

/** The component that a row makes. */
export function componentOf(row: CatalogRow, values: TemplateValues): ComponentRef {
  const base = values[row.named];
  if (typeof base !== 'string') throw new TypeError(`${row.type} needs ${row.named} for its name.`);
  return { type: row.type, fullName: `${base}${row.nameSuffix ?? ''}` };
}

/** Renders one row. A value that the template needs and that is missing is a `TypeError`. */
export function makeArtifact(row: CatalogRow, values: TemplateValues): Artifact {
  const component = componentOf(row, values);
  return {
    side: row.side,
    path: `${row.folder}/${component.fullName}.${row.suffix}`,
    content: render(row.template, row.needs, values),
    component,
  };
}
