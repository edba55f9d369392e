import { setTimeout as pause } from 'node:timers/promises';
import type { VerifyDeps } from '../verify/token-stages.js';
import { proxyFetch } from './proxy-fetch.js';

/** A request that takes longer than this is not going to be answered. */
const timeoutMilliseconds = 30_000;

/** The real clock, network and patience. */
export const verifyDeps: VerifyDeps = {
  now: () => new Date(),
  sleep: (seconds) => pause(seconds * 1000),
  fetch: proxyFetch(),
  timeoutSignal: () => AbortSignal.timeout(timeoutMilliseconds),
};
