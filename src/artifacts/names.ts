import type { Claims } from '../config/connection.js';
import { JwtError } from '../errors.js';
import { printable } from '../keys/printable.js';
import { isReservedInApex } from './reserved-words.js';

const identifier = /^[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*$/;
const lowerCaseIdentifier = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;
const identifierRule =
  'it starts with a letter, holds letters, digits and single underscores, and ends in no underscore';

/** Control characters, lone surrogates, what XML 1.0 section 2.2 leaves out, and marks that reorder the text around them. */
const unprintable = /[\p{Cc}\p{Cs}\uFFFE\uFFFF\u202A-\u202E\u2066-\u2069]/u;

/** One name before the @ and a domain with a dot after it; nothing that mail or Salesforce would take for syntax. */
const emailShape =
  /^[^\s@<>()[\]\\,;:"\p{C}\p{Z}]+@[^\s@<>()[\]\\,;:"\p{C}\p{Z}.]+(?:\.[^\s@<>()[\]\\,;:"\p{C}\p{Z}.]+)+$/u;

/**
 * Scopes by the names that metadata uses. The Metadata API's scope list of connected apps and the one with which orgs
 * answer for External Client Apps differ in single names, so this is both together.
 */
const scopeNames = `A2A Address Api Basic CDP CDPCalculatedInsight CDPIdentityResolution CDPIngest CDPProfile CDPQuery
  CDPSegment Chatbot Chatter CmdbDiscovery Content CustomApplications CustomPermissions DataCloudUserClaims Eclair
  EinsteinGPT Email ForgotPassword Full Interaction Lightning MCP OfflineAccess OpenID Pardot Phone Profile PwdlessLogin
  RefreshToken SCRT SFAP SFApiPlatform SemanticLayer UserRegistration Wave Web`.split(/\s+/);

/** Returns a developer name as given. @throws refusedValue */
export function developerName(field: string, value: string, maxLength = 80): string {
  return matching(
    field,
    value,
    identifier,
    `a developer name has at most ${maxLength} characters, ${identifierRule}`,
    maxLength,
  );
}

/** Returns a certificate's developer name: lower case, since a JKS import lower-cases the alias. @throws refusedValue */
export function certificateName(field: string, value: string): string {
  const rule = 'a certificate name has at most 40 lower-case letters, digits and single underscores, a letter first';
  return matching(field, value, lowerCaseIdentifier, rule, 40);
}

/** Suffixes of all classes that can be generated; each has a test class with `Test` behind it. */
export const classSuffixes = ['TokenProvider', 'Client', 'FlowAction', 'Job'] as const;

const maxClassPrefix = 40 - 'TokenProviderTest'.length;

/** Returns a prefix of class names that leaves every name within the 40 characters of Apex. @throws refusedValue */
export function classPrefix(field: string, value: string): string {
  const rule = `a class prefix has at most ${maxClassPrefix} characters here (the longest class adds "TokenProviderTest"), ${identifierRule}`;
  matching(field, value, identifier, rule, maxClassPrefix);
  const taken = classSuffixes.map((suffix) => `${value}${suffix}`).find(isReservedInApex);
  if (taken !== undefined) throw refused(field, value, `the platform uses the name ${taken} itself`);
  return value;
}

/**
 * Returns a Platform Cache partition as Apex names it: namespace and name (Apex Developer Guide, Cache.Org: "local" is the
 * namespace of the org itself). @throws refusedValue
 */
export function cachePartition(field: string, value: string): string {
  return matching(
    field,
    value,
    /^[A-Za-z][A-Za-z0-9_]{0,14}\.[A-Za-z][A-Za-z0-9]*$/,
    'a partition is named with its namespace and has letters and digits, like local.Tokens',
    80,
  );
}

/** Returns a label as given: 1 to `maxLength` characters of printable text. @throws refusedValue */
export function label(field: string, value: string, maxLength = 80): string {
  if (value.trim() === '') throw refused(field, value, 'a label cannot be empty');
  if (value.length > maxLength) throw refused(field, value, `a label has at most ${maxLength} characters`);
  if (unprintable.test(value)) {
    throw refused(field, value, 'a label is one line of text without control characters or marks that reorder text');
  }
  if (value !== value.trim()) throw refused(field, value, 'a label neither starts nor ends with a space');
  return value;
}

/**
 * Returns an API version as given, when it has all that the artifacts use: `isNamedUserJwtEnabled` of an External Client
 * App and `Auth.HttpCalloutMockUtil` came with 61.0. @throws refusedValue
 */
export function apiVersion(value: string): string {
  const isNewEnough = /^\d{2,3}\.0$/.test(value) && Number.parseFloat(value) >= 61;
  if (!isNewEnough)
    throw refused('API version', value, 'the generated metadata and Apex need 61.0 or newer, like 67.0');
  return value;
}

/** Returns an email address as given. @throws refusedValue */
export function emailAddress(field: string, value: string): string {
  return matching(
    field,
    value,
    emailShape,
    'an email address has at most 80 characters and looks like name@example.com',
    80,
  );
}

/** Returns a Salesforce username as given. @throws refusedValue */
export function username(field: string, value: string): string {
  const rule = 'a Salesforce username has at most 80 characters and the form of an email address';
  return matching(field, value, emailShape, rule, 80);
}

/** Returns a consumer key as given. An org makes letters, digits, `.` and `_`; presets are 8 to 256 characters. @throws refusedValue */
export function consumerKey(field: string, value: string): string {
  return matching(
    field,
    value,
    /^[A-Za-z0-9._~+/=-]{8,}$/,
    'a consumer key has 8 to 256 letters, digits and characters out of . _ ~ + / = -',
    256,
  );
}

/** Hosts of Lightning, of Setup and of Visualforce: what a browser shows, and not where tokens are (Salesforce Help, "My Domain URL Formats"). */
const pageHosts = /\.(?:lightning\.force|vf\.force|visualforce|salesforce-setup)\.com$/;

function myDomainOf(host: string): string {
  const domain = host.replace(/(?:\.my\.salesforce-setup|\.lightning\.force)\.com$/, '');
  const name = domain === host ? 'MY_DOMAIN' : domain;
  return `take the My Domain URL of the org, https://${name}.my.salesforce.com`;
}

/** Hosts that log in to all orgs, and are none. */
const loginHosts = ['login.salesforce.com', 'test.salesforce.com'];

/**
 * Returns the origin of an org's URL. Plain http is for this machine only. A login host has no API, and as audience of an External
 * Client App it is answered with `app_not_found` (reports from the field: forcedotcom/cli issue 3482). @throws refusedValue
 */
export function orgOrigin(field: string, value: string): string {
  const rule = 'it is the origin of an org, like https://acme.my.salesforce.com (http only for localhost)';
  if (/[\s\p{C}]/u.test(value) || !URL.canParse(value)) throw refused(field, value, rule);
  const url = new URL(value);
  const isLocal = isThisMachine(url);
  const isBare = url.href === `${url.origin}/` && (isLocal || /^[a-z0-9.-]+$/.test(url.hostname));
  if (!isSecure(url) || !isBare) throw refused(field, value, rule);
  if (loginHosts.includes(url.hostname)) {
    throw refused(
      field,
      value,
      'it is the My Domain URL of the org, like https://acme.my.salesforce.com, and no login host',
    );
  }
  if (pageHosts.test(url.hostname)) throw refused(field, value, `it is a host of pages; ${myDomainOf(url.hostname)}`);
  return url.origin;
}

/** Returns a text for a claim as given: one line, 255 characters at most, which Named Credentials can hold. @throws refusedValue */
export function claimText(field: string, value: string): string {
  const rule = 'it is one line of 1 to 255 printable characters, without spaces around it';
  if (value === '' || value.length > 255 || value !== value.trim() || unprintable.test(value)) {
    throw refused(field, value, rule);
  }
  return value;
}

/** Returns a URL of a server as given: https, or http on this machine, without credentials or fragment. @throws refusedValue */
export function webUrl(field: string, value: string): string {
  const rule =
    'it is a URL like https://auth.example.com/oauth2/token, without user or fragment (http only for localhost)';
  const url = /[\s\p{C}]/u.test(value) ? null : URL.parse(value);
  if (!url || !isSecure(url) || url.username !== '' || url.password !== '' || url.hash !== '') {
    throw refused(field, value, rule);
  }
  return value;
}

/** Returns the URL of an API as given: paths are put behind it, so it has no query. @throws refusedValue */
export function apiUrl(field: string, value: string): string {
  if (webUrl(field, value).includes('?')) {
    throw refused(field, value, 'paths are put behind it, so it has no query; put that into the paths that you call');
  }
  return value;
}

/** Claims that the flow sets itself (RFC 7523 section 3, RFC 7519 section 4.1). */
const registeredClaims = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'];

/** Returns claims as given: none of the registered ones, whose values have fields of their own. @throws refusedValue */
export function additionalClaims(field: string, claims: Claims): Claims {
  for (const [name, value] of Object.entries(claims)) {
    if (registeredClaims.includes(name)) throw refused(field, name, 'this claim is set by the flow itself');
    claimText(field, name);
    if (typeof value === 'string') claimText(field, value);
  }
  return claims;
}

/** Returns scopes as given: known ones, at least one besides RefreshToken, none twice. @throws refusedValue */
export function scopes(field: string, values: readonly string[]): readonly string[] {
  for (const value of values) {
    if (!scopeNames.includes(value))
      throw refused(field, value, `the scopes that metadata knows are ${scopeNames.join(', ')}`);
  }
  if (new Set(values).size !== values.length) throw refused(field, values.join(', '), 'each scope stands once');
  if (values.every((value) => value === 'RefreshToken')) {
    throw refused(field, values.join(', '), 'a token needs one more scope than RefreshToken, like Api');
  }
  return values;
}

const isSecure = (url: URL): boolean => url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url));

const isThisMachine = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/** The error of a value that Salesforce, or the generated code, would not take. */
export function refused(field: string, value: string, rule: string): JwtError {
  return new JwtError('refusedValue', [field, `"${printable(value)}"`, rule], { data: { field } });
}

function matching(field: string, value: string, shape: RegExp, rule: string, maxLength: number): string {
  if (value.length > maxLength || !shape.test(value)) throw refused(field, value, rule);
  return value;
}
