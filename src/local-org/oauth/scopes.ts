import type { RefusalName } from './refusals.js';

/** Metadata names of OAuth scopes to the names that tokens carry (Salesforce Help: OAuth tokens and scopes). */
const tokenNames: Readonly<Record<string, string>> = {
  Api: 'api',
  Web: 'web',
  Full: 'full',
  Basic: 'id',
  OpenID: 'openid',
  Profile: 'profile',
  Email: 'email',
  Address: 'address',
  Phone: 'phone',
  RefreshToken: 'refresh_token',
  OfflineAccess: 'offline_access',
  Chatter: 'chatter_api',
  CustomApplications: 'visualforce',
  CustomPermissions: 'custom_permissions',
  Wave: 'wave_api',
  Eclair: 'eclair_api',
  Pardot: 'pardot_api',
  Lightning: 'lightning',
  Content: 'content',
};

/** Scopes that let a client stay signed in; alone they open nothing. */
const refreshScopes = new Set(['refresh_token', 'offline_access']);

/** Token names of an app's scopes; one without a name here is its metadata name in lower case (an assumption). */
function tokenScopes(metadataNames: readonly string[]): readonly string[] {
  return metadataNames.map((name) => tokenNames[name] ?? name.toLowerCase());
}

type Granted =
  | { readonly kind: 'granted'; readonly scopes: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: RefusalName };

/**
 * The scopes of a token: those of the app that open something. Salesforce Help asks for one of them, and for one that lets a
 * client stay signed in. Assumption: a request or an assertion may ask for fewer, and not for others.
 *
 * @param metadataNames Scopes of the app
 * @param requested Names that tokens carry, separated by spaces; undefined for all
 */
export function grantedScopes(metadataNames: readonly string[], requested: unknown): Granted {
  const all = tokenScopes(metadataNames);
  if (!all.some((scope) => refreshScopes.has(scope))) return { kind: 'refused', reason: 'refreshTokenScopeMissing' };
  const wanted = typeof requested === 'string' ? requested.split(' ').filter((scope) => scope !== '') : all;
  if (wanted.some((scope) => !all.includes(scope))) return { kind: 'refused', reason: 'scopeUnknown' };
  const scopes = all.filter((scope) => wanted.includes(scope) && !refreshScopes.has(scope));
  return scopes.length > 0 ? { kind: 'granted', scopes } : { kind: 'refused', reason: 'scopesMissing' };
}
