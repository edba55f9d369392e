import type { LocalResponse } from '../http.js';
import { faultResponse, type FaultyRequest } from './fault-response.js';
import type { FaultRule } from './fault-rule.js';

/** Waits so many milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;

/**
 * What becomes of a request that a rule hits. `slow` and `truncated` let the org do what was asked; for all others it does
 * nothing.
 */
export async function applyFault(
  { fault, delayMs = 0 }: FaultRule,
  request: FaultyRequest,
  proceed: () => Promise<LocalResponse>,
  wait: Wait,
): Promise<LocalResponse> {
  switch (fault) {
    case 'slow':
      await wait(delayMs);
      return proceed();
    case 'truncated':
      return { ...(await proceed()), delivery: 'truncated' };
    case 'reset':
      return { status: 500, body: '', delivery: 'reset' };
    default:
      return faultResponse(fault, request);
  }
}
