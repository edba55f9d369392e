import { json, type LocalResponse, type Route, type RouteHandler } from '../http.js';
import type { LocalOrg } from '../model.js';
import { jsonObject, type Fields } from '../rest/body.js';
import { refuseWebPages } from './own-page-only.js';

/** Settings that may change while an org runs: the largest value of each number, and those that are on or off. */
const changeable = {
  allowConnectedAppCreation: 'boolean',
  refuseExpiredCertificates: 'boolean',
  propagationDelayMs: 24 * 60 * 60 * 1000,
  deployDelayMs: 24 * 60 * 60 * 1000,
  deployDelayPolls: 1000,
  loginsPerHour: 1_000_000,
} as const;

type Name = keyof typeof changeable;

const names = Object.keys(changeable) as readonly Name[];

/** `/_local/settings`: what a test may change while an org runs, without a session, by programs on this machine only. */
export const settingsRoutes: readonly Route[] = [
  route('GET', (_, org) => Promise.resolve(current(org))),
  route('PATCH', (request, org) => {
    const fields = jsonObject(request);
    const problems = problemsOf(fields);
    if (problems.length > 0) {
      const errors = problems.map((message) => ({ message, errorCode: 'INVALID_INPUT' }));
      return Promise.resolve(json(400, errors));
    }
    Object.assign(org.settings, fields);
    return Promise.resolve(current(org));
  }),
];

function current({ settings }: LocalOrg): LocalResponse {
  return json(200, Object.fromEntries(names.map((name) => [name, settings[name]])));
}

function problemsOf(fields: Fields): readonly string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const known = names.find((candidate) => candidate === name);
    if (!known) return [`There is no setting "${name.slice(0, 50)}" that may change; there are ${names.join(', ')}.`];
    return problemOf(known, value);
  });
}

function problemOf(name: Name, value: unknown): readonly string[] {
  const most = changeable[name];
  if (most === 'boolean') return typeof value === 'boolean' ? [] : [`${name} is true or false.`];
  const isFit = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
  return isFit ? [] : [`${name} is a whole number from 0 to ${most}.`];
}

function route(method: string, handler: RouteHandler): Route {
  return {
    method,
    pattern: /^\/_local\/settings\/?$/,
    session: 'none',
    maxBodyBytes: 64 * 1024,
    handler: (request, org) => {
      refuseWebPages(request, org);
      return handler(request, org);
    },
  };
}
