import { isToSalesforce, type SalesforceConnection } from '../../src/config/connection.js';
import type { ConnectionDraft } from '../../src/config/draft.js';
import { resolveConnection } from '../../src/config/resolve.js';

const draft: ConnectionDraft = {
  server: { org: 'erp-prod', username: 'integration@acme.com', app: { contactEmail: 'ops@acme.com' } },
};

/** A whole connection for a caller outside Salesforce. */
export const externalConnection = (more: ConnectionDraft = {}): SalesforceConnection =>
  complete({ ...draft, client: { type: 'external' }, ...more });

/** A whole connection for the Apex of a client org, which makes its own key. */
export const apexConnection = (more: ConnectionDraft = {}): SalesforceConnection =>
  complete({ ...draft, client: { type: 'apex', org: 'crm-prod' }, ...more });

function complete(whole: ConnectionDraft): SalesforceConnection {
  const resolution = resolveConnection('erp', whole);
  if (resolution.kind === 'incomplete') throw new TypeError(`missing: ${resolution.missing.join(', ')}`);
  if (!isToSalesforce(resolution.connection)) throw new TypeError('the server is no org');
  return resolution.connection;
}
