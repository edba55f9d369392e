import { loopbackUrl } from '../../loopback.js';

/** Why a Named or External Credential cannot have a URL. Not a text of Salesforce's; http on this machine is local orgs' own. */
const scheme = 'must be a URL that starts with https:// (a local org also takes http:// on this machine)';

/** Why a URL cannot be called. A fetch refuses user information before it asks anybody. */
export const noCalloutUrl = `${scheme}, without user and fragment`;

/** Why a URL cannot be the address of an API. */
export const noAddress = `${scheme}, without user, query and fragment`;

/** Whether a text can be a token endpoint, which may have a query (RFC 6749 section 3.2). */
export function isCalloutUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s#]+$/i.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || loopbackUrl(text) !== undefined;
}

/** Whether a text can be the address of an API. Assumption: paths are put behind it, so that it has no query. */
export function isAddress(text: string): boolean {
  return isCalloutUrl(text) && !text.includes('?');
}
