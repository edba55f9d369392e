import { isFields, type Fields } from '../rest/body.js';
import { CalloutFault } from './callout-fault.js';

/** What came of a callout. Tokens and assertions stay in the org. */
export type ExchangeResult = {
  readonly issued: boolean;
  /**
   * HTTP status of the resource that was called; where none was, or there was no token for it, of the token endpoint. 0 where
   * nobody was called or nobody answered.
   */
  readonly status: number;
  readonly error?: string;
  readonly errorDescription?: string;
  readonly username?: string;
  readonly orgId?: string;
  readonly scope?: string;
};

/** What is called with a token. */
export type Resource = {
  readonly url: URL;
  readonly method: string;
  /** Named Credentials may be told not to send the token. */
  readonly sendsToken: boolean;
};

export type Exchange = {
  readonly tokenEndpoint: URL;
  /** Form parameter `scope` of the token request (RFC 7521 section 4.1). */
  readonly scope?: string;
  /** Signs a new assertion. */
  readonly assertion: () => Promise<string>;
  /**
   * What to call with the token, undefined for nothing. Takes the `instance_url` that Salesforce sends along with tokens.
   *
   * @throws CalloutFault where the org does not allow the call
   */
  readonly resource: (instanceUrl: string | undefined) => Resource | undefined;
};

/** Apex gives a callout ten seconds by default (Apex Developer Guide: callout limits). */
const calloutTimeoutMilliseconds = 10_000;

const jwtBearerGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * Exchanges an assertion for a token and calls a resource with it, once more with a new token where the answer is 401. Salesforce
 * Help (article 000381864) says of Named Credentials that 401 makes them get a new token; that those which sign a JWT do so
 * as well, without a refresh token, is an assumption; so is that a token is got where it is not sent.
 */
export async function exchangeAndCall(exchange: Exchange, fetch: typeof globalThis.fetch): Promise<ExchangeResult> {
  const secrets: string[] = [];
  let issued = false;
  return conceal(await run().catch((error: unknown) => ({ issued, ...faultResult(error) })), secrets);

  async function run(): Promise<ExchangeResult> {
    const first = await requestToken(exchange, secrets, fetch);
    if (first.kind === 'refused') return first.result;
    issued = true;
    const resource = exchange.resource(first.instanceUrl);
    if (!resource) return { issued, status: first.status, scope: first.scope };
    const answer = await call(resource, first, fetch);
    if (answer.status !== 401 || !resource.sendsToken) return answer;
    const second = await requestToken(exchange, secrets, fetch);
    return second.kind === 'refused' ? second.result : call(resource, second, fetch);
  }
}

/** A fault in the form of a result. @throws whatever else it is given */
export function faultResult(error: unknown): Pick<ExchangeResult, 'status' | 'error' | 'errorDescription'> {
  if (!(error instanceof CalloutFault)) throw error;
  return { status: 0, error: error.type, errorDescription: error.message };
}

type Token = {
  readonly kind: 'token';
  readonly token: string;
  readonly status: number;
  readonly instanceUrl: string | undefined;
  readonly scope: string | undefined;
};

/** @param secrets Takes what must not be told: the assertion and the token */
async function requestToken(
  { tokenEndpoint, assertion, scope }: Exchange,
  secrets: string[],
  fetch: typeof globalThis.fetch,
): Promise<Token | { readonly kind: 'refused'; readonly result: ExchangeResult }> {
  const signed = await assertion();
  secrets.push(signed);
  const body = new URLSearchParams({ grant_type: jwtBearerGrant, assertion: signed, ...(scope && { scope }) });
  const { status, isOk, fields } = await send(tokenEndpoint, { method: 'POST', body }, fetch);
  const { access_token: token, error, error_description: description } = fields;
  if (typeof token === 'string' && token !== '') secrets.push(token);
  if (isOk && typeof token === 'string' && token !== '') {
    return { kind: 'token', token, status, instanceUrl: text(fields['instance_url']), scope: text(fields['scope']) };
  }
  const fault = isOk ? 'The token endpoint answered without an access token.' : undefined;
  const refusal = { issued: false, status, error: text(error), errorDescription: text(description) ?? fault };
  return { kind: 'refused', result: refusal };
}

async function call(resource: Resource, token: Token, fetch: typeof globalThis.fetch): Promise<ExchangeResult> {
  const headers: Record<string, string> = resource.sendsToken ? { authorization: `Bearer ${token.token}` } : {};
  const { status, isOk, fields } = await send(resource.url, { method: resource.method, headers }, fetch);
  const result = { issued: true, status, scope: token.scope };
  if (!isOk) {
    const error = text(fields['errorCode']) ?? text(fields['error']);
    const errorDescription = text(fields['message']) ?? text(fields['error_description']);
    return { ...result, error, errorDescription };
  }
  const username = text(fields['preferred_username']) ?? text(fields['username']);
  return { ...result, username, orgId: text(fields['organization_id']) };
}

type Answer = { readonly status: number; readonly isOk: boolean; readonly fields: Fields };

/** @throws CalloutFault where nobody answers */
async function send(url: URL, init: RequestInit, fetch: typeof globalThis.fetch): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(calloutTimeoutMilliseconds);
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    return { status: response.status, isOk: response.ok, fields: jsonFields(await response.text()) };
  } catch {
    throw new CalloutFault(`${url.origin}${url.pathname} did not answer.`);
  }
}

/** The members of a JSON object, or of the first object in a list: refusals of Salesforce's REST API are such lists. */
function jsonFields(body: string): Fields {
  try {
    const value: unknown = JSON.parse(body);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return isFields(first) ? first : {};
  } catch {
    return {};
  }
}

/** A server may send back what it was sent, now or before: then the text is left out, as are members without a value. */
function conceal(result: ExchangeResult, secrets: readonly string[]): ExchangeResult {
  const isFit = ([, value]: readonly [string, unknown]): boolean =>
    value !== undefined && !(typeof value === 'string' && secrets.some((secret) => value.includes(secret)));
  const { issued, status, ...texts } = result;
  return { issued, status, ...Object.fromEntries(Object.entries(texts).filter(isFit)) };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
