import type { Connection, OrgClient } from '../../../src/config/connection.js';
import type { AnonymousApexOutcome, LocalOrgGateway } from '../../../src/org/gateway.js';
import type { InOrgReport } from '../../../src/verify/in-org-report.js';
import { runInClientOrg } from '../../../src/verify/run-in-client-org.js';
import { apexConnection, namedCredentialConnection } from '../../helpers/connections.js';
import { FakeOrg } from '../../helpers/fake-org.js';
import { deployedClasses } from './deployed-classes.js';

export const server = { consumerKey: '3MVG9.key', instanceUrl: 'https://acme.my.salesforce.com' };
export const answer = { issued: true, status: 200, username: 'integration@acme.com', orgId: '00DSERVER', scope: 'api' };

type Asked = { readonly path: string; readonly body: unknown };

/** A client org that answers as a test says, and keeps what it was asked. */
export function clientOrg(
  more: {
    apex?: () => Promise<AnonymousApexOutcome>;
    local?: unknown;
    /** The classes in the org, in place of all those of the connection. */
    classes?: ReadonlyMap<string, string>;
    record?: string;
  } = {},
) {
  const asked: Asked[] = [];
  const org = new FakeOrg({ orgId: '00DCLIENT' });
  if (more.record !== undefined) org.files.set('customMetadata/ErpSettings.Default.md', more.record);
  const answerTo =
    (path: string) =>
    (body: unknown): Promise<unknown> => {
      asked.push({ path, body });
      return more.local instanceof Error ? Promise.reject(more.local) : Promise.resolve(more.local ?? answer);
    };
  const localOrg: LocalOrgGateway = {
    runJwtBearer: answerTo('jwt-bearer'),
    callNamedCredential: answerTo('named-credential'),
  };
  const apex = (script: string): Promise<AnonymousApexOutcome> => {
    asked.push({ path: 'apex', body: script });
    return more.apex?.() ?? Promise.reject(new Error('no Apex here'));
  };
  const gateway = Object.assign(org, { executeAnonymous: apex, ...(more.apex ? {} : { localOrg }) });
  return { asked, gateway, classes: more.classes };
}

export const run = (
  connection: Connection,
  { gateway, classes }: ReturnType<typeof clientOrg>,
): Promise<InOrgReport> => {
  for (const [path, content] of classes ?? deployedClasses(connection, server)) gateway.files.set(path, content);
  return runInClientOrg({
    connection,
    client: connection.client as OrgClient,
    org: gateway,
  });
};

export const clients = [
  ['apex', apexConnection()],
  ['named-credential', namedCredentialConnection()],
  [
    'legacy-named-credential',
    namedCredentialConnection({ client: { type: 'legacy-named-credential', org: 'crm-prod' } }),
  ],
] as const;
