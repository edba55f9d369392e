import { grantOf, type Grant } from '../../../src/artifacts/grant.js';
import type { Connection, OrgClient } from '../../../src/config/connection.js';
import type { AnonymousApexOutcome, LocalOrgGateway, OrgSource } from '../../../src/org/gateway.js';
import type { InOrgReport } from '../../../src/verify/in-org-report.js';
import { runInClientOrg } from '../../../src/verify/run-in-client-org.js';
import { apexConnection, namedCredentialConnection } from '../../helpers/connections.js';
import { FakeOrg } from '../../helpers/fake-org.js';

export const server = { consumerKey: '3MVG9.key', instanceUrl: 'https://acme.my.salesforce.com' };
export const answer = { issued: true, status: 200, username: 'integration@acme.com', orgId: '00DSERVER', scope: 'api' };

type Asked = { readonly path: string; readonly body: unknown };

/** A client org that answers as a test says, and keeps what it was asked. */
export function clientOrg(
  more: {
    apex?: () => Promise<AnonymousApexOutcome>;
    local?: unknown;
    classes?: readonly string[];
    record?: string;
  } = {},
) {
  const asked: Asked[] = [];
  const org = new FakeOrg({ orgId: '00DCLIENT' });
  for (const name of more.classes ?? ['ErpTokenProvider', 'ErpClient']) org.components.set(`ApexClass:${name}`, '');
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
  const sources = (): Promise<readonly OrgSource[]> =>
    Promise.resolve(
      more.record === undefined ? [] : [{ path: 'customMetadata/ErpSettings.Default.md', content: more.record }],
    );
  const apex = (script: string): Promise<AnonymousApexOutcome> => {
    asked.push({ path: 'apex', body: script });
    return more.apex?.() ?? Promise.reject(new Error('no Apex here'));
  };
  const gateway = Object.assign(org, { executeAnonymous: apex, sources, ...(more.apex ? {} : { localOrg }) });
  return { asked, gateway };
}

export const run = (connection: Connection, { gateway }: ReturnType<typeof clientOrg>): Promise<InOrgReport> =>
  runInClientOrg({
    connection,
    client: connection.client as OrgClient,
    grant: grantOf(connection.server, server) as Grant,
    org: gateway,
  });

export const clients = [
  ['apex', apexConnection()],
  ['named-credential', namedCredentialConnection()],
  [
    'legacy-named-credential',
    namedCredentialConnection({ client: { type: 'legacy-named-credential', org: 'crm-prod' } }),
  ],
] as const;
