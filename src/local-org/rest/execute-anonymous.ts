import { apexNotExecuted } from '../apex/not-executed.js';
import { json, type RouteHandler } from '../http.js';

/** `ExecuteAnonymousResult` of the Tooling API and of the SOAP API for Apex. */
export type ExecuteAnonymousResult = {
  readonly column: number;
  readonly compileProblem: string | null;
  readonly compiled: boolean;
  readonly exceptionMessage: string | null;
  readonly exceptionStackTrace: string | null;
  readonly line: number;
  readonly success: boolean;
};

/** `GET …/tooling/executeAnonymous?anonymousBody=…`. */
export const executeAnonymous: RouteHandler = async ({ query }) =>
  json(200, await judgeAnonymousApex(query.get('anonymousBody') ?? ''));

/**
 * What becomes of anonymous Apex: a fault in its syntax is a compile problem, as in an org. `compiled` has no value for
 * "unknown": where there is no such fault, true leads clients to the exception, which says that nothing was executed.
 */
export async function judgeAnonymousApex(source: string): Promise<ExecuteAnonymousResult> {
  const { parseApex } = await import('../apex/parse-apex.js');
  const parsed = parseApex(source, 'anonymous');
  const fault = parsed.kind === 'faults' ? parsed.faults[0] : undefined;
  return {
    column: fault?.column ?? -1,
    compileProblem: fault?.message ?? null,
    compiled: !fault,
    exceptionMessage: fault ? null : apexNotExecuted,
    exceptionStackTrace: null,
    line: fault?.line ?? -1,
    success: false,
  };
}
