/** Hosts of this machine. A local org listens there, and speaks plain http. */
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** Why a Named or External Credential cannot have a URL. Not a text of Salesforce's; http on this machine is local orgs' own. */
export const noCalloutUrl = 'must be a URL that starts with https:// (a local org also takes http:// on this machine)';

export function isCalloutUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s]+$/i.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || loopbackHosts.includes(hostname);
}
