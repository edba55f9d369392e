import { isToSalesforce, type Connection, type SalesforceConnection } from '../../src/config/connection.js';
import type { ConnectionDraft } from '../../src/config/draft.js';
import { resolveConnection } from '../../src/config/resolve.js';

const server: ConnectionDraft['server'] = {
  org: 'erp-prod',
  username: 'integration@acme.com',
  app: { contactEmail: 'ops@acme.com' },
};

/** A whole connection for a caller outside Salesforce. */
export const externalConnection = (more: ConnectionDraft = {}): SalesforceConnection =>
  toOrg(complete({ server, client: { type: 'external' }, ...more }));

/** A whole connection for the Apex of a client org, which makes its own key. */
export const apexConnection = (more: ConnectionDraft = {}): SalesforceConnection =>
  toOrg(complete({ server, client: { type: 'apex', org: 'crm-prod' }, ...more }));

/** The same through a Named Credential with an External Credential. */
export const namedCredentialConnection = (more: ConnectionDraft = {}): SalesforceConnection =>
  toOrg(complete({ server, client: { type: 'named-credential', org: 'crm-prod' }, ...more }));

/** The same through a legacy Named Credential. */
export const legacyNamedCredentialConnection = (more: ConnectionDraft = {}): SalesforceConnection =>
  toOrg(complete({ server, client: { type: 'legacy-named-credential', org: 'crm-prod' }, ...more }));

/** The Apex of a client org calls a server that is no org. */
export const oauthConnection = (more: ConnectionDraft = {}): Connection =>
  complete({
    server: {
      type: 'oauth2',
      username: 'svc-crm',
      issuer: 'crm-client',
      tokenEndpoint: 'https://login.example.com/token',
      baseUrl: 'https://api.example.com/v1',
    },
    client: { type: 'apex', org: 'crm-prod' },
    ...more,
  });

function complete(whole: ConnectionDraft): Connection {
  const resolution = resolveConnection('erp', whole);
  if (resolution.kind === 'incomplete') throw new TypeError(`missing: ${resolution.missing.join(', ')}`);
  return resolution.connection;
}

function toOrg(connection: Connection): SalesforceConnection {
  if (!isToSalesforce(connection)) throw new TypeError('the server is no org');
  return connection;
}
