import { Pool } from 'undici';
import type { RunningOrg } from '../src/local-org/index.js';
import { envelope } from '../test/unit/local-org/metadata/metadata-org.js';
import { boundary } from './deploy-bodies.js';

/** Where the REST API is. */
export const rest = '/services/data/v67.0';

export type ClientOptions = {
  readonly connections: number;
  /** Closes the connection after each answer. */
  readonly freshConnections?: boolean;
};

/** What an integration sends to an org; refuses every answer that is not a success. */
export class OrgClient {
  readonly #org: RunningOrg;
  readonly #pool: Pool;
  readonly #reset: boolean;

  public constructor(org: RunningOrg, { connections, freshConnections = false }: ClientOptions) {
    this.#org = org;
    // By address: the look-up of a name costs the client more than a token costs the org.
    const origin = org.instanceUrl.replace('//localhost', '//127.0.0.1');
    this.#pool = new Pool(origin, { connections, pipelining: 1 });
    this.#reset = freshConnections;
  }

  public async send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, more: More = {}): Promise<string> {
    const headers = { authorization: `Bearer ${this.#org.accessToken}`, ...more.headers };
    const sent = { method, path, headers, body: more.body, reset: this.#reset };
    const { statusCode, body } = await this.#pool.request(sent);
    const text = await body.text();
    if (statusCode >= 300) throw new Error(`${method} ${path}: ${statusCode} ${text.slice(0, 500)}`);
    return text;
  }

  public async json<T>(method: 'GET' | 'POST' | 'PATCH', path: string, value?: unknown): Promise<T> {
    const body = value === undefined ? undefined : JSON.stringify(value);
    return JSON.parse(await this.send(method, path, { body, headers: { 'content-type': 'application/json' } })) as T;
  }

  public async query<T>(soql: string): Promise<readonly T[]> {
    const search = new URLSearchParams({ q: soql }).toString();
    return (await this.json<{ records: readonly T[] }>('GET', `${rest}/query?${search}`)).records;
  }

  /** @param form A whole form with the assertion, as `tokenForm` makes it */
  public async token(form: string): Promise<string> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const text = await this.send('POST', '/services/oauth2/token', { body: form, headers });
    const token = (JSON.parse(text) as { access_token?: string }).access_token;
    if (!token) throw new Error('The token endpoint answered without a token');
    return token;
  }

  public async soap(operation: string, inner: string): Promise<string> {
    const body = envelope(operation, inner, this.#org.accessToken);
    const headers = { 'content-type': 'text/xml', soapaction: '""' };
    return this.send('POST', '/services/Soap/m/67.0', { body, headers });
  }

  /** Deploys and polls until it is done. Returns how many requests that took. */
  public async deploy(start: () => Promise<string>, poll: (id: string) => Promise<string>): Promise<number> {
    const id = /0Af[A-Za-z0-9]{15}/.exec(await start())?.[0] ?? '';
    for (let requests = 2; ; requests += 1) {
      const status = /"status":"(\w+)"|<status>(\w+)<\/status>/
        .exec(await poll(id))
        ?.slice(1)
        .find(Boolean);
      if (status === 'Succeeded') return requests;
      if (status !== 'Pending' && status !== 'InProgress') throw new Error(`The deploy ended as ${String(status)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** @param zipBase64 Base64, as SOAP has it */
  public async deploySoap(zipBase64: string): Promise<number> {
    const options =
      '<DeployOptions><rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage></DeployOptions>';
    return this.deploy(
      () => this.soap('deploy', `<ZipFile>${zipBase64}</ZipFile>${options}`),
      (id) =>
        this.soap('checkDeployStatus', `<asyncProcessId>${id}</asyncProcessId><includeDetails>true</includeDetails>`),
    );
  }

  public async deployRest(multipart: Buffer): Promise<number> {
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    return this.deploy(
      () => this.send('POST', `${rest}/metadata/deployRequest`, { body: multipart, headers }),
      (id) => this.send('GET', `${rest}/metadata/deployRequest/${id}?includeDetails=true`),
    );
  }

  public async close(): Promise<void> {
    await this.#pool.close();
  }
}

type More = { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Buffer };
