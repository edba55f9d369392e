import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { defaultMaxBodyBytes, readBody } from './body.js';
import { restError, type LocalResponse, type Route } from './http.js';
import type { LocalOrg } from './model.js';
import { RestRefusal } from './rest/refusal.js';
import { matchRoute, type Match } from './router.js';
import { bearerToken, findSession } from './sessions.js';

export type OrgServerOptions = {
  readonly org: LocalOrg;
  readonly routes: readonly Route[];
  /** Routes that are loaded when no other fits: those of the Metadata API take long to load. */
  readonly lateRoutes: () => Promise<readonly Route[]>;
  /** Done when everything that the org has changed so far is on disk. */
  readonly save: () => Promise<void>;
  /** Told of faults of our own; clients never see more than that there was one. */
  readonly onFault: (error: unknown) => void;
};

/** The HTTP server of one org: finds the route, checks the session, reads the body, answers once changes are saved. */
export function createOrgServer(options: OrgServerOptions): Server {
  const server = createServer((request, response) => {
    void answer(options, request)
      .then((result) => send(options.org, request, response, result))
      .catch((error: unknown) => {
        options.onFault(error);
        response.destroy();
      });
  });
  // Longer than clients keep idle connections, so that none is cut while a request is on its way.
  server.keepAliveTimeout = 65_000;
  return server;
}

async function answer(options: OrgServerOptions, request: IncomingMessage): Promise<LocalResponse> {
  if (!isLoopbackHost(request.headers.host))
    return restError(403, 'FORBIDDEN', 'A local org answers on localhost only.');
  try {
    const result = await handle(options, request);
    await options.save();
    return result;
  } catch (error) {
    if (error instanceof RestRefusal) return restError(error.status, error.errorCode, error.message, error.fields);
    options.onFault(error);
    return restError(500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred.');
  }
}

async function handle(options: OrgServerOptions, request: IncomingMessage): Promise<LocalResponse> {
  const { org } = options;
  // Clients that were given the org's URL with a slash at its end ask for paths with two at their beginning.
  const url = new URL((request.url ?? '/').replace(/^\/+/, '/'), org.instanceUrl);
  const { method = 'GET', headers } = request;
  const match = await findRoute(options, method, url.pathname);
  if (match.kind !== 'found') return notRouted(match, method, url.pathname);
  const { route, params } = match;
  const userId = route.session === 'bearer' ? sessionUser(org, headers.authorization) : undefined;
  const body = await wholeBody(request, route);
  const { remoteAddress } = request.socket;
  const { pathname, searchParams } = url;
  return route.handler({ method, path: pathname, params, query: searchParams, headers, body, userId, remoteAddress }, org);
}

async function findRoute({ routes, lateRoutes }: OrgServerOptions, method: string, path: string): Promise<Match> {
  const early = matchRoute(routes, method, path);
  return early.kind === 'found' ? early : latest(early, matchRoute(await lateRoutes(), method, path));
}

function sessionUser(org: LocalOrg, authorization: string | undefined): string {
  const session = findSession(org, bearerToken(authorization));
  if (session) return session.userId;
  throw new RestRefusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
}

async function wholeBody(request: IncomingMessage, { maxBodyBytes = defaultMaxBodyBytes }: Route): Promise<Buffer> {
  const body = await readBody(request, maxBodyBytes);
  if (body !== 'too-large') return body;
  throw new RestRefusal(413, 'REQUEST_TOO_LARGE', 'The request is larger than a local org takes.');
}

function latest(early: Match, late: Match): Match {
  return late.kind === 'none' ? early : late;
}

/** What a local org cannot do, it says: its words follow those of Salesforce. */
function notRouted(match: Exclude<Match, { kind: 'found' }>, method: string, path: string): LocalResponse {
  if (match.kind === 'none') {
    const text = `The requested resource does not exist: a local org has no ${path.slice(0, 200)}`;
    return restError(404, 'NOT_FOUND', text);
  }
  const allowed = match.allowed.join(',');
  return restError(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed}`);
}

/** A page on the web that has a name resolve to 127.0.0.1 must not be able to talk to a local org through a browser. */
function isLoopbackHost(host: string | undefined): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host ?? '');
}

function send(org: LocalOrg, request: IncomingMessage, response: ServerResponse, result: LocalResponse): void {
  const body = Buffer.from(result.body);
  response.writeHead(result.status, {
    ...result.headers,
    // The org's clock, which tests may move: clients measure their skew by it.
    date: new Date(org.now()).toUTCString(),
    ...(result.status === 204 ? {} : { 'content-length': body.length }),
    ...(request.complete ? {} : { connection: 'close' }),
  });
  response.end(request.method === 'HEAD' || result.status === 204 ? undefined : body);
}
