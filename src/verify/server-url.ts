import { isLoopback } from '../org/loopback.js';

/** `base` has no slash at its end; a site of Experience Cloud has a path in it. */
export type ServerUrl =
  | { readonly kind: 'accepted'; readonly base: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly suggestion?: string };

const tokenPath = '/services/oauth2/token';

/** Where Lightning Experience and Setup run instead of My Domain; neither answers at the token endpoint. */
const browserHosts = [/\.lightning\.force\.com$/, /\.my\.salesforce-setup\.com$/];

/** Judges what a user gave as the URL of the org: a login host, a My Domain or a site, with or without the token path. */
export function parseServerUrl(text: string): ServerUrl {
  const typed = text.trim();
  if (!URL.canParse(typed)) return withoutScheme(typed);
  const url = new URL(typed);
  if (url.protocol === 'http:' ? !isLoopback(url.href) : url.protocol !== 'https:') return notHttps(url);
  if (url.username || url.password) return refused('it holds a user name or a password');
  if (url.search || url.hash) return refused('it has a query or a fragment');
  const browserHost = browserHosts.find((pattern) => pattern.test(url.hostname));
  if (browserHost) {
    return refused('it is an address for browsers', url.origin.replace(browserHost, '.my.salesforce.com'));
  }
  const path = url.pathname.replace(/\/+$/, '');
  return {
    kind: 'accepted',
    base: url.origin + (path.endsWith(tokenPath) ? path.slice(0, -tokenPath.length) : path),
  };
}

/** RFC 6749 section 3.2; the path is the one that Salesforce Help names. */
export const tokenEndpointOf = (base: string): string => `${base}${tokenPath}`;

/** A token or an assertion must not cross a network in the clear (RFC 6749 section 3.2, RFC 6750 section 5.2). */
export function isSafeForSecrets(url: string): boolean {
  return URL.canParse(url) && (new URL(url).protocol === 'https:' || isLocalHttp(url));
}

const isLocalHttp = (url: string): boolean => new URL(url).protocol === 'http:' && isLoopback(url);

const refused = (reason: string, suggestion?: string): ServerUrl => ({
  kind: 'refused',
  reason,
  ...(suggestion === undefined ? {} : { suggestion }),
});

function withoutScheme(typed: string): ServerUrl {
  const isHost = /^[\w-]+(\.[\w-]+)+(:\d+)?(\/\S*)?$/.test(typed) || /^localhost(:\d+)?(\/\S*)?$/.test(typed);
  const guesses = isHost ? [`http://${typed}`, `https://${typed}`] : [];
  return refused('it is not a URL', guesses.find(isSafeForSecrets));
}

function notHttps(url: URL): ServerUrl {
  if (url.protocol === 'http:') {
    return refused('http:// would send secrets in the clear', url.href.replace(/^http:/, 'https:'));
  }
  // `acme.my.salesforce.com:443` parses as a URL with the scheme `acme.my.salesforce.com:`.
  return /^\d/.test(url.pathname) ? withoutScheme(url.href) : refused(`${url.protocol} is not https:`);
}
