import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultMaxBodyBytes, readBody } from './body.js';
import { runDueDeploys } from './due-deploys.js';
import { applyFault, type Wait } from './faults/apply-fault.js';
import type { FaultBox } from './faults/fault-box.js';
import { operationOf } from './faults/operations.js';
import { restError, type LocalResponse, type Route } from './http.js';
import type { LocalOrg } from './model.js';
import { RestRefusal } from './rest/refusal.js';
import { matchRoute, type Match } from './router.js';
import { refuseUnreadable, send } from './send.js';
import { serverFault } from './server-fault.js';
import { bearerToken, findSession, opensApis } from './sessions.js';

export type OrgServerOptions = {
  readonly org: LocalOrg;
  readonly routes: readonly Route[];
  /** Routes that are loaded when no other fits: those of the Metadata API take long to load. */
  readonly lateRoutes: () => Promise<readonly Route[]>;
  /** Done when everything that the org has changed so far is on disk. */
  readonly save: () => Promise<void>;
  /** Told of faults of our own; clients never see more than that there was one. */
  readonly onFault: (error: unknown) => void;
  /** What goes wrong on demand; nothing where it is not given. */
  readonly faults?: FaultBox;
  /** How slow answers wait. */
  readonly wait?: Wait;
  /** Of `node:https` for an org that is served through TLS. */
  readonly createServer?: (listener: RequestListener) => Server;
};

/** The HTTP server of one org: finds the route, checks the session, reads the body, answers once changes are saved. */
export function createOrgServer(options: OrgServerOptions): Server {
  const create = options.createServer ?? createServer;
  const server = create((request, response) => {
    void answer(options, request)
      .then((result) => send(options.org, request, response, result))
      .catch((error: unknown) => {
        // A client that hangs up before it has sent its request is no fault of ours, and nobody waits for an answer.
        if (!isHangUp(error, request)) options.onFault(error);
        response.destroy();
      });
  });
  // Longer than clients keep idle connections, so that none is cut while a request is on its way.
  server.keepAliveTimeout = 65_000;
  server.on('clientError', refuseUnreadable);
  return server;
}

async function answer(options: OrgServerOptions, request: IncomingMessage): Promise<LocalResponse> {
  if (!isLoopbackHost(request.headers.host))
    return restError(403, 'FORBIDDEN', 'A local org answers on localhost only.');
  try {
    await runDueDeploys(options.org);
    const result = await handle(options, request);
    await options.save();
    return result;
  } catch (error) {
    if (error instanceof RestRefusal) return refusal(request, error);
    if (isHangUp(error, request)) throw error;
    options.onFault(error);
    return serverFault(request.url, 'An unexpected error occurred.');
  }
}

/** Who is refused asks for what only the REST API has; an org that fails does so in every API. */
function refusal(
  { url }: IncomingMessage,
  { status, errorCode, message, fields }: RestRefusal,
): LocalResponse | Promise<LocalResponse> {
  return status === 500 ? serverFault(url, message) : restError(status, errorCode, message, fields);
}

function isHangUp(error: unknown, { socket }: IncomingMessage): boolean {
  return socket.destroyed && error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}

async function handle(options: OrgServerOptions, request: IncomingMessage): Promise<LocalResponse> {
  const url = requestedUrl(request, options.org);
  const { method = 'GET' } = request;
  const match = await findRoute(options, method, url.pathname);
  const proceed = (body?: Buffer): Promise<LocalResponse> => {
    if (match.kind !== 'found') return Promise.resolve(notRouted(match, method, url.pathname));
    return routed(options.org, request, { url, match, body });
  };
  if (!options.faults?.isArmed()) return proceed();
  // A rule may ask for a SOAP call, which only the body tells: it is read before the session is looked at.
  const body = match.kind === 'found' ? await wholeBody(request, match.route) : Buffer.alloc(0);
  const path = url.pathname;
  const rule = options.faults.take({ method, path, operation: operationOf(method, path, body) });
  if (!rule) return proceed(body);
  return applyFault(rule, { path, query: url.searchParams, body }, () => proceed(body), options.wait ?? waitQuietly);
}

/** Clients that were given the org's URL with a slash at its end ask for paths with two at their beginning. */
function requestedUrl(request: IncomingMessage, { instanceUrl }: LocalOrg): URL {
  const url = URL.parse((request.url ?? '/').replace(/^\/+/, '/'), instanceUrl);
  if (url) return url;
  throw new RestRefusal(400, 'INVALID_INPUT', 'The address of the request is not one.');
}

type Routed = { readonly url: URL; readonly match: Match & { readonly kind: 'found' }; readonly body?: Buffer };

async function routed(
  org: LocalOrg,
  request: IncomingMessage,
  { url, match: { route, params }, body }: Routed,
): Promise<LocalResponse> {
  const { method = 'GET', headers } = request;
  const userId = route.session === 'bearer' ? sessionUser(org, headers.authorization) : undefined;
  const whole = body ?? (await wholeBody(request, route));
  const { pathname: path, searchParams: query } = url;
  const { remoteAddress } = request.socket;
  return route.handler({ method, path, params, query, headers, body: whole, userId, remoteAddress }, org);
}

async function findRoute({ routes, lateRoutes }: OrgServerOptions, method: string, path: string): Promise<Match> {
  const early = matchRoute(routes, method, path);
  return early.kind === 'found' ? early : latest(early, matchRoute(await lateRoutes(), method, path));
}

function sessionUser(org: LocalOrg, authorization: string | undefined): string {
  const session = findSession(org, bearerToken(authorization));
  if (!session) throw new RestRefusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  if (opensApis(session)) return session.userId;
  throw new RestRefusal(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API');
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

/** An org that is told to end does not wait for answers that wait. */
function waitQuietly(milliseconds: number): Promise<void> {
  return pause(milliseconds, undefined, { ref: false });
}
