import type { Connection, OAuthServer, OrgClient, SalesforceServer } from '../config/connection.js';
import {
  defaultCalloutPermissionSet,
  defaultCertificateSource,
  defaultClassPrefix,
  defaultKeySize,
  defaultNamedCredential,
  defaultPrincipal,
} from '../config/defaults.js';
import { shellQuoted } from '../shell-quoted.js';

/**
 * The flags, with a space before each, that choose for another connection what was chosen for this one; names that come from
 * the name of the connection, its orgs and its users are its own.
 */
export function chosenFlags({ name, server, client, certificate: { source, keySize } }: Connection): string {
  const isMade = source === 'generate' && source !== defaultCertificateSource(client.type);
  return [
    ...(server.type === 'salesforce' ? appFlags(server) : serverFlags(server)),
    ...(client.type === 'external' ? [] : clientFlags(name, client)),
    flag('certificate-source', isMade ? source : undefined),
    flag('key-size', keySize === defaultKeySize ? undefined : String(keySize)),
  ].join('');
}

const flag = (name: string, value: string | undefined): string =>
  value === undefined ? '' : ` --${name} ${shellQuoted(value)}`;

const appFlags = ({ app }: SalesforceServer): readonly string[] => [
  flag('app-type', app.type === 'connected-app' ? app.type : undefined),
];

const serverFlags = ({ tokenEndpoint, audience, scope, claims = {} }: OAuthServer): readonly string[] => [
  flag('audience', audience === tokenEndpoint ? undefined : audience),
  flag('token-scope', scope),
  ...Object.entries(claims).map(([claim, value]) => flag('claim', `${claim}=${claimValue(value)}`)),
];

/** A text that would be read as something else stands in double quotes. */
const claimValue = (value: string | number | boolean): string =>
  typeof value === 'string' && /^(?:true|false|-?\d+|".*")$/.test(value) ? `"${value}"` : String(value);

const clientFlags = (name: string, client: OrgClient): readonly string[] => [
  flag('class-prefix', otherThan(defaultClassPrefix(name), client.classPrefix)),
  client.invocable ? ' --invocable' : '',
  client.queueable ? ' --queueable' : '',
  ...ownFlags(name, client),
];

function ownFlags(name: string, client: OrgClient): readonly string[] {
  if (client.type === 'apex') {
    const isInline = client.settings === 'inline';
    return [isInline ? ' --inline-settings' : '', flag('cache-partition', client.cachePartition)];
  }
  const credential = flag('named-credential', otherThan(defaultNamedCredential(name), client.namedCredential));
  if (client.type === 'legacy-named-credential') return [credential];
  const permissionSet = otherThan(defaultCalloutPermissionSet(client.namedCredential), client.permissionSet);
  return [
    credential,
    flag('principal', otherThan(defaultPrincipal, client.principal)),
    flag('callout-permission-set', permissionSet),
  ];
}

const otherThan = (usual: string, value: string): string | undefined => (value === usual ? undefined : value);
