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
export function tokenScopes(metadataNames: readonly string[]): readonly string[] {
  return metadataNames.map((name) => tokenNames[name] ?? name.toLowerCase());
}

/** Whether the app may keep a user signed in, which the JWT bearer flow asks for. */
export function allowsRefresh(scopes: readonly string[]): boolean {
  return scopes.some((scope) => refreshScopes.has(scope));
}

/** The scopes that open something. */
export function accessScopes(scopes: readonly string[]): readonly string[] {
  return scopes.filter((scope) => !refreshScopes.has(scope));
}
