import { loopbackUrl } from '../loopback.js';
import { CalloutFault } from './callout-fault.js';

/** The URL in a text that an org would call. @throws CalloutFault where it does not lead to this machine */
export function calloutEndpoint(url: string): URL {
  const found = loopbackUrl(url);
  if (found) return found;
  throw new CalloutFault(`A local org calls endpoints on this machine only, and not ${url}`);
}
