import type { Answer, OrgUnderTest, RequestOptions } from './org-under-test.js';

/** Status and body of an answer: JSON where it is JSON, else the text, as far as it is short. */
export function answered({ status, text }: Answer): unknown {
  return { status, body: bodyOf(text) };
}

/** Status and names of the members of an answer, where values are each org's own. */
export function shaped({ status, text }: Answer): unknown {
  return { status, members: namesIn(bodyOf(text)) };
}

/** Code and text of a SOAP fault, or the text of an answer that is none. */
export function faulted({ status, text }: Answer): unknown {
  const of = (name: string): string | undefined => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  return { status, code: of('faultcode'), text: of('faultstring') ?? text.slice(0, 300) };
}

/** Sends a request to the REST API. @param path Below `/services/data/vXX.0` */
export async function rest(
  org: OrgUnderTest,
  method: string,
  path: string,
  { json, ...options }: RequestOptions & { readonly json?: unknown } = {},
): Promise<Answer> {
  const sent =
    json === undefined
      ? options
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json), ...options };
  return org.request(method, `/services/data/v${org.apiVersion}${path}`, sent);
}

export async function query(org: OrgUnderTest, soql: string): Promise<Answer> {
  return rest(org, 'GET', `/query?${new URLSearchParams({ q: soql }).toString()}`);
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text.trim().slice(0, 300);
  }
}

function namesIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value;
  return Array.isArray(value) ? value.slice(0, 1).map(namesIn) : Object.keys(value).sort();
}
