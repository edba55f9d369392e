import type { LocalRequest } from '../http.js';
import type { LocalOrg } from '../model.js';
import { RestRefusal } from '../rest/refusal.js';

/**
 * Keeps web pages away from what needs no session. A page cannot send JSON, PATCH or DELETE to another origin unless that
 * origin agrees, which a local org never does.
 *
 * @throws RestRefusal FORBIDDEN, UNSUPPORTED_MEDIA_TYPE
 */
export function refuseWebPages({ method, headers }: LocalRequest, org: LocalOrg): void {
  const { origin } = headers;
  if (origin !== undefined && origin !== org.instanceUrl) {
    throw new RestRefusal(403, 'FORBIDDEN', 'Web pages may not change what a local org does.');
  }
  if ((method === 'POST' || method === 'PATCH') && !/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw new RestRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'A local org takes this as application/json only.');
  }
}
