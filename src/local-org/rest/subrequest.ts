import type { LocalRequest, LocalResponse, Route } from '../http.js';
import type { LocalOrg } from '../model.js';
import { matchRoute } from '../router.js';
import type { Fields } from './body.js';
import { RestRefusal } from './refusal.js';

/** A request inside another. */
export type Subrequest = {
  readonly method: string;
  /** Path with its query, from `/services/data` on. */
  readonly url: string;
  readonly body?: Fields;
};

export type Subresponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** Runs requests inside another, by its user, against the REST API only. What is refused in one is its answer. */
export type RunSubrequest = (inner: Subrequest) => Promise<Subresponse>;

/**
 * How requests inside another run. What takes time is done here: after it, nothing of another client comes between requests
 * that belong together.
 */
export async function subrequestsOf(org: LocalOrg, outer: LocalRequest): Promise<RunSubrequest> {
  const { restRoutes } = await import('./routes.js');
  return (inner) => run({ org, outer, routes: restRoutes }, inner);
}

type Surroundings = { readonly org: LocalOrg; readonly outer: LocalRequest; readonly routes: readonly Route[] };

async function run(around: Surroundings, inner: Subrequest): Promise<Subresponse> {
  try {
    return parsed(await answer(around, inner));
  } catch (error) {
    if (!(error instanceof RestRefusal)) throw error;
    const { status, errorCode, message, fields } = error;
    return { status, headers: {}, body: [fields ? { errorCode, message, fields } : { errorCode, message }] };
  }
}

const inside =
  /^\/services\/data\/v\d+\.0\/(?:tooling\/)?(?:sobjects|query|queryAll|limits|composite\/sobjects)(?:\/|$)/;

async function answer({ org, outer, routes }: Surroundings, { method, url, body }: Subrequest): Promise<LocalResponse> {
  const address = URL.parse(url, org.instanceUrl);
  if (!address || !inside.test(address.pathname)) {
    throw new RestRefusal(404, 'NOT_FOUND', 'The requested resource does not exist');
  }
  const { pathname: path, searchParams: query } = address;
  const match = matchRoute(routes, method, path);
  if (match.kind !== 'found') throw new RestRefusal(404, 'NOT_FOUND', 'The requested resource does not exist');
  const headers = { 'content-type': 'application/json' };
  const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const request = { method, path, query, headers, params: match.params, body: bytes, userId: outer.userId };
  return match.route.handler(request, org);
}

function parsed({ status, body, headers }: LocalResponse): Subresponse {
  const text = body.toString();
  const location = headers?.['location'];
  return {
    status,
    headers: location === undefined ? {} : { Location: location },
    body: text === '' ? null : (JSON.parse(text) as unknown),
  };
}
