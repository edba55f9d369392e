// Real clients of orgs that are served through TLS: a process of its own, since Node reads NODE_EXTRA_CA_CERTS at its start.
// Prints one line of JSON without a secret.
import { AuthInfo, Connection } from '@salesforce/core';
import { namedCredentialConnection } from '../helpers/connections.js';
import { startClientOrg } from '../helpers/client-org.js';
import { OrgToOrg } from './org-to-org.js';

const stateDir = process.env['HTTPS_STATE_DIR'] ?? '';

/** `sf org login jwt` and `sf data query`, as the CLI does them. */
async function logIn(): Promise<object> {
  const org = await startClientOrg('tls', { https: true, stateDir });
  try {
    const oauth2Options = { clientId: org.consumerKey, privateKeyFile: org.keyFile, loginUrl: org.instanceUrl };
    const authInfo = await AuthInfo.create({ username: org.username, oauth2Options });
    const connection = await Connection.create({ authInfo });
    const { records } = await connection.query<{ Id: string }>('SELECT Id FROM Organization');
    return { scheme: new URL(connection.instanceUrl).protocol, isSameOrg: records[0]?.Id === org.orgId };
  } finally {
    await org.close();
  }
}

/** `sf jwt setup` and `sf jwt verify`; in the end one org calls the other. */
async function setUp(): Promise<object> {
  const orgs = await OrgToOrg.start({ https: true, stateDir });
  try {
    const certificate = { source: 'platform' } as const;
    const draft = namedCredentialConnection({ client: { type: 'named-credential', org: 'jwt-client' }, certificate });
    await orgs.setUp({ ...draft, server: { ...draft.server, username: orgs.integrationUsername } });
    const { verified, checks } = await orgs.verify();
    return { verified, checks: checks.map(({ name, status }) => `${name} ${status}`) };
  } finally {
    await orgs.close();
  }
}

console.log(JSON.stringify({ login: await logIn(), setup: await setUp() }));
