import { json, noContent, type LocalRequest, type LocalResponse, type Route, type RouteHandler } from '../http.js';
import { jsonObject } from '../rest/body.js';
import { RestRefusal } from '../rest/refusal.js';
import { refuseWebPages } from '../self/own-page-only.js';
import type { FaultBox } from './fault-box.js';
import { limits } from './fault-rule.js';
import { readRules } from './read-rules.js';

/**
 * `/_local/faults`: what goes wrong in an org on demand. Programs on this machine may ask without a session, for sessions are
 * among what goes wrong; web pages may not.
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
