import { json, noContent, type LocalRequest, type LocalResponse, type Route, type RouteHandler } from '../http.js';
import type { LocalOrg } from '../model.js';
import { jsonObject } from '../rest/body.js';
import { RestRefusal } from '../rest/refusal.js';
import type { FaultBox } from './fault-box.js';
import { limits } from './fault-rule.js';
import { readRules } from './read-rules.js';

/**
 * `/_local/faults`: what goes wrong in an org on demand. Whoever reaches the org may ask, without a session, for sessions are
 * among what goes wrong. Web pages may not: they cannot send JSON to another origin unless that origin agrees.
 */
export function faultRoutes(box: FaultBox): readonly Route[] {
  const path = /^\/_local\/faults\/?$/;
  const one = /^\/_local\/faults\/(?<id>\d{1,9})$/;
  const route = (method: string, pattern: RegExp, handler: RouteHandler): Route => ({
    method,
    pattern,
    session: 'none',
    maxBodyBytes: 64 * 1024,
    handler: (request, org) => {
      refuseWebPages(request, org);
      return handler(request, org);
    },
  });
  return [
    route('GET', path, () => Promise.resolve(json(200, { rules: box.list() }))),
    route('POST', path, (request) => Promise.resolve(addRules(box, request))),
    route('DELETE', path, () => {
      box.clear();
      return Promise.resolve(noContent());
    }),
    route('DELETE', one, ({ params }) => {
      if (box.remove(Number(params['id']))) return Promise.resolve(noContent());
      throw new RestRefusal(404, 'NOT_FOUND', 'There is no fault rule with this id.');
    }),
  ];
}

function addRules(box: FaultBox, request: LocalRequest): LocalResponse {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new RestRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Fault rules are sent as application/json.');
  }
  const body = jsonObject(request);
  const list = Array.isArray(body['rules']) ? (body['rules'] as readonly unknown[]) : [body];
  const { rules, problems } = readRules(list);
  if (problems.length > 0) return refuse(problems);
  const added = box.add(rules);
  if (!added) return refuse([`At most ${limits.rules} rules can wait at a time.`]);
  return json(201, { rules: added });
}

function refuse(problems: readonly string[]): LocalResponse {
  return json(
    400,
    problems.map((message) => ({ message, errorCode: 'INVALID_INPUT' })),
  );
}

function refuseWebPages({ headers }: LocalRequest, org: LocalOrg): void {
  const { origin } = headers;
  if (origin === undefined || origin === org.instanceUrl) return;
  throw new RestRefusal(403, 'FORBIDDEN', 'Web pages may not ask a local org for faults.');
}
