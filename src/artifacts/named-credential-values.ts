import type {
  Claims,
  LegacyNamedCredentialClient,
  NamedCredentialClient,
  OAuthServer,
  Server,
} from '../config/connection.js';
import { JwtError } from '../errors.js';
import { validitySeconds } from './apex-settings.js';
import type { Grant } from './grant.js';
import { developerName, refused } from './names.js';
import type { TemplateValues } from './render.js';

type Client = NamedCredentialClient | LegacyNamedCredentialClient;

/** Sizes of the fields `Endpoint` and `AuthTokenEndpointUrl` (Salesforce Field Reference Guide: NamedCredential). */
const maxUrl = 1000;

/** What names the components of a client with a Named Credential. @throws refusedValue */
export function namedCredentialNames(client: Client): TemplateValues {
  const namedCredential = developerName('named credential', client.namedCredential);
  if (client.type === 'legacy-named-credential') return { namedCredential };
  return {
    namedCredential,
    principal: developerName('principal', client.principal),
    calloutPermissionSet: developerName('callout permission set', client.permissionSet),
  };
}

/**
 * What the templates of a Named Credential read, besides the certificate's name.
 *
 * @throws refusedValue, legacyCredentialClaims
 */
export function namedCredentialValues(client: Client, grant: Grant): TemplateValues {
  const { tokenEndpoint, baseUrl, issuer, subject, audience, scope = '', claims = {} } = grant;
  refuseLegacyClaims(client, claims);
  refuseFormulas({ tokenEndpoint, baseUrl, issuer, username: subject, audience, scope, claims });
  const isLegacy = client.type === 'legacy-named-credential';
  return {
    ...namedCredentialNames(client),
    ...(isLegacy ? {} : permissionSetValues(client)),
    credentialLabel: labelOf(client.namedCredential),
    credentialUrl: baseUrl,
    credentialTokenEndpoint: tokenEndpoint,
    // The fields of a legacy Named Credential are text, whatever it looks like (Object Reference: JwtIssuer, JwtTextSubject).
    credentialIssuer: isLegacy ? issuer : claimValue(issuer),
    credentialSubject: isLegacy ? subject : claimValue(subject),
    // Orgs keep the audience as JSON, with quotes around a single one; Object Reference says the same of JwtAudience.
    credentialAudience: JSON.stringify(audience),
    credentialScope: scope,
    credentialClaims: Object.entries(claims).map(([name, value]) => ({ name, value: claimValue(value) })),
    credentialValiditySeconds: String(validitySeconds),
  };
}

/**
 * Refuses what a Named Credential cannot say of a server, before anything is made.
 *
 * @throws refusedValue, legacyCredentialClaims
 */
export function refuseUnfitServer(client: Client, server: Server): void {
  const { username } = server;
  if (server.type === 'salesforce') return refuseFormulas({ username });
  refuseLegacyClaims(client, server.claims ?? {});
  refuseFormulas(server);
}

type Said = Partial<Omit<OAuthServer, 'type'>>;

const urlFields = [
  ['token endpoint', 'tokenEndpoint'],
  ['base URL', 'baseUrl'],
] as const;

const textFields = [
  ['username', 'username'],
  ['issuer', 'issuer'],
  ['audience', 'audience'],
  ['token scope', 'scope'],
  ...urlFields,
] as const;

/** Claims, scope and URLs may hold formulas, which begin with `{!` (Salesforce Help: JWT claims; OAuth external credentials). */
function refuseFormulas(said: Said): void {
  textFields.forEach(([field, key]) => refuseFormula(field, said[key] ?? ''));
  for (const [name, value] of Object.entries(said.claims ?? {})) {
    refuseFormula('claim', name);
    refuseFormula('claim', String(value));
  }
  for (const [field, key] of urlFields) {
    const url = said[key] ?? '';
    if (url.length <= maxUrl) continue;
    throw refused(field, url, `a Named Credential holds URLs of at most ${maxUrl} characters`);
  }
}

function refuseFormula(field: string, value: string): void {
  if (!value.includes('{!')) return;
  throw refused(field, value, 'a Named Credential takes "{!" for the beginning of a formula');
}

function refuseLegacyClaims({ type, namedCredential }: Client, claims: Claims): void {
  const names = Object.keys(claims);
  if (type === 'named-credential' || names.length === 0) return;
  throw new JwtError('legacyCredentialClaims', [namedCredential, names.join(', ')], { data: { claims: names } });
}

/**
 * The value of a claim as an External Credential holds it. Orgs return text bare, like `signature impersonation`, the audience as
 * JSON with its quotes, and times as formulas that give bare digits. Assumption from that: a value is taken as JSON where it is
 * JSON, and as text otherwise. So numbers and switches stand bare, and text gets quotes where it could be taken for more than
 * text.
 */
function claimValue(value: string | number | boolean): string {
  if (typeof value === 'string' && !/["\\]/.test(value) && !isJson(value)) return value;
  return JSON.stringify(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const labelOf = (name: string): string => name.replaceAll('_', ' ');

/**
 * Classes that a user needs access to are those where a transaction begins: actions of a flow and asynchronous ones (Salesforce
 * Help: How Does Apex Class Security Work?). Callouts of a named principal in the JWT bearer flow need all rights to User
 * External Credentials, where the platform keeps the token, or it cannot renew it for the user (Salesforce Help: Permission
 * Concepts for User External Credentials).
 */
function permissionSetValues({
  namedCredential,
  principal,
  permissionSet,
  invocable,
  queueable,
}: NamedCredentialClient) {
  const rights = 'their rights to User External Credentials';
  return {
    invocable,
    queueable,
    calloutPermissionSetLabel: labelOf(permissionSet),
    // At most 255 characters (Object Reference: PermissionSet) with names of 80.
    permissionSetDescription: `Grants callouts to ${namedCredential} as ${principal}${
      invocable || queueable ? `, ${rights}, and their Apex` : ` and ${rights}`
    }.`,
  };
}
