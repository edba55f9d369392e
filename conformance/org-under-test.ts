import type { RunningOrg } from '../src/local-org/index.js';

/** What an org answered. */
export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string };

export type RequestOptions = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Instead of the session of the org's user; null sends none. */
  readonly session?: string | null;
};

/** An org that scenarios are sent to: a real one, or a local one. Its session stays inside. */
export type OrgUnderTest = {
  /** What the report calls it. */
  readonly label: string;
  readonly instanceUrl: string;
  readonly orgId: string;
  readonly userId: string;
  readonly username: string;
  /** Like `67.0`. */
  readonly apiVersion: string;
  /** Whether its data may be lost: a sandbox, a scratch org, a trial, a Developer Edition, a local org. */
  readonly isForTrying: boolean;
  readonly isLocal: boolean;
  /** @param path Begins with a slash */
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** Calls an operation of the Metadata API. @param inner The arguments as XML */
  soap(operation: string, inner?: string, options?: SoapOptions): Promise<Answer>;
};

export type SoapOptions = {
  readonly session?: string;
  /** Another path than that of the Metadata API. */
  readonly path?: string;
};

export type Access = {
  readonly label: string;
  readonly instanceUrl: string;
  readonly accessToken: string;
  readonly username: string;
  readonly apiVersion: string;
  readonly isLocal: boolean;
};

/** Looks up what scenarios need to know of an org. @throws Error where the org does not answer with its data */
export async function openOrg(access: Access, fetch = globalThis.fetch): Promise<OrgUnderTest> {
  const { accessToken, ...known } = access;
  const request = requester(access, fetch);
  const soap = (operation: string, inner = '', { session = accessToken, path }: SoapOptions = {}): Promise<Answer> =>
    request('POST', path ?? `/services/Soap/m/${known.apiVersion}`, {
      headers: { 'content-type': 'text/xml', soapaction: '""' },
      body: envelope(operation, inner, session),
      session: null,
    });
  const rows = async (soql: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const query = new URLSearchParams({ q: soql }).toString();
    const { status, text } = await request('GET', `/services/data/v${known.apiVersion}/query?${query}`);
    if (status !== 200) throw new Error(`${known.label} answers a query with HTTP ${status}.`);
    return (JSON.parse(text) as { readonly records: readonly Readonly<Record<string, unknown>>[] }).records;
  };
  const [org] = await rows('SELECT Id, IsSandbox, OrganizationType, TrialExpirationDate FROM Organization');
  const username = known.username.replace(/['\\]/g, '\\$&');
  const [user] = await rows(`SELECT Id FROM User WHERE Username = '${username}'`);
  const isForTrying =
    org?.['IsSandbox'] === true ||
    org?.['OrganizationType'] === 'Developer Edition' ||
    Boolean(org?.['TrialExpirationDate']);
  return { ...known, orgId: String(org?.['Id']), userId: String(user?.['Id']), isForTrying, request, soap };
}

/** A local org as it runs in this process. */
export const accessTo = (org: RunningOrg, label: string, apiVersion: string): Access => ({
  label,
  instanceUrl: org.instanceUrl,
  accessToken: org.accessToken,
  username: org.username,
  apiVersion,
  isLocal: true,
});

function requester({ instanceUrl, accessToken }: Access, fetch: typeof globalThis.fetch): OrgUnderTest['request'] {
  return async (method, path, { headers = {}, body, session = accessToken } = {}) => {
    const response = await fetch(new URL(path, instanceUrl), {
      method,
      headers: { ...(session === null ? {} : { authorization: `Bearer ${session}` }), ...headers },
      body: typeof body === 'string' || body === undefined ? body : new Uint8Array(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(120_000),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
}

function envelope(operation: string, inner: string, session: string): string {
  const namespaces =
    'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
  const header = `<SessionHeader><sessionId>${session}</sessionId></SessionHeader>`;
  return (
    `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope ${namespaces}><soapenv:Header>${header}</soapenv:Header>` +
    `<soapenv:Body><${operation}>${inner}</${operation}></soapenv:Body></soapenv:Envelope>`
  );
}
