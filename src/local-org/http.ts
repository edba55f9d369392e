import type { IncomingHttpHeaders } from 'node:http';
import type { LocalOrg } from './model.js';

/** A request as the handlers of a local org see it: read completely, within the body limit of its route. */
export type LocalRequest = {
  readonly method: string;
  /** Path without the query, percent-encoding as sent. */
  readonly path: string;
  /** Named groups of the route's pattern, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Set on routes with a Bearer session: whose it is. */
  readonly userId?: string;
  /** Where the request comes from; login IP ranges of profiles are compared with it. */
  readonly remoteAddress?: string;
};

export type LocalResponse = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** How the answer leaves: whole, cut off half-way, or not at all, with the connection reset. */
  readonly delivery?: 'truncated' | 'reset';
};

/**
 * Answers one request. What it changed in the org is on disk before the answer leaves (`--state-dir`), so changes that
 * belong together are made without an `await` between them. A fault that it throws ends as a 500 without a stack trace.
 */
export type RouteHandler = (request: LocalRequest, org: LocalOrg) => Promise<LocalResponse>;

/** `bearer`: checked before the handler runs. `soap`: the handler checks the session header with `findSession`. */
export type SessionKind = 'none' | 'bearer' | 'soap';

export type Route = {
  readonly method: string;
  /** Matched against the whole path; its named groups become `params`. */
  readonly pattern: RegExp;
  readonly handler: RouteHandler;
  readonly session: SessionKind;
  /** Largest body in bytes; 1 MiB where it is not given. */
  readonly maxBodyBytes?: number;
};

/** An answer in JSON. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): LocalResponse {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** An answer without a body. */
export function noContent(): LocalResponse {
  return { status: 204, body: '' };
}

/** A refusal of the REST API: an array with one `{errorCode, message}`. */
export function restError(
  status: number,
  errorCode: string,
  message: string,
  fields?: readonly string[],
): LocalResponse {
  return json(status, [fields ? { message, errorCode, fields } : { message, errorCode }]);
}
