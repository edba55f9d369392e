import type { Operation } from './operations.js';

/** What can go wrong on demand. */
export const faultNames = [
  '503',
  'maintenance',
  'reset',
  'truncated',
  'slow',
  'expired-session',
  'api-limit',
  'login-rate',
  'lock-row',
] as const;

export type FaultName = (typeof faultNames)[number];

/** One fault, the requests that it waits for, and how often it happens. */
export type FaultRule = {
  readonly fault: FaultName;
  /** Requests whose path begins like this. */
  readonly path?: string;
  readonly operation?: Operation;
  readonly method?: string;
  /** How many requests that fit go through before the first fault. */
  readonly after: number;
  /** How many requests it hits, then it is spent: no client runs into it for ever. */
  readonly times: number;
  /** Of `slow`: how long a request waits, in milliseconds. */
  readonly delayMs?: number;
};

/** Bounds of a rule. */
export const limits = { rules: 100, times: 1000, after: 1_000_000, delayMs: 60_000 } as const;

const dataOperations: readonly Operation[] = [
  'limits',
  'query',
  'describe',
  'create',
  'read',
  'update',
  'delete',
  'composite',
  'execute-anonymous',
  'run-tests',
  'deploy',
  'deploy-status',
  'deploy-cancel',
  'retrieve',
  'retrieve-status',
  'list-metadata',
  'describe-metadata',
  'read-metadata',
  'change-metadata',
];

/** Faults that only some requests can meet. All others hit any request. */
export const fittingOperations: Readonly<Partial<Record<FaultName, readonly Operation[]>>> = {
  'expired-session': ['userinfo', 'identity', 'callout', ...dataOperations],
  'api-limit': dataOperations,
  'login-rate': ['token'],
  'lock-row': ['create', 'update', 'delete', 'composite', 'change-metadata'],
};
