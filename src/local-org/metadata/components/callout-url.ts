import { loopbackUrl } from '../../callouts/loopback.js';

/** Why a Named or External Credential cannot have a URL. Not a text of Salesforce's; http on this machine is local orgs' own. */
export const noCalloutUrl = 'must be a URL that starts with https:// (a local org also takes http:// on this machine)';

export function isCalloutUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s]+$/i.test(text) || !URL.canParse(text)) return false;
  return new URL(text).protocol === 'https:' || loopbackUrl(text) !== undefined;
}
