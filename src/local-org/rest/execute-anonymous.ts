import { json, type RouteHandler } from '../http.js';

/** Why a local org answers calls to Apex with a failure: it must not look as if code had run. */
export const apexNotExecuted = 'Not executed: a local org does not run Apex.';

/**
 * `GET …/tooling/executeAnonymous`, as an ExecuteAnonymousResult. `compiled` has no value for "unknown": true leads clients
 * to the exception, which says what happened, and not to a compile problem that nobody has found.
 */
export const executeAnonymous: RouteHandler = () =>
  Promise.resolve(
    json(200, {
      compiled: true,
      success: false,
      line: -1,
      column: -1,
      compileProblem: null,
      exceptionMessage: apexNotExecuted,
      exceptionStackTrace: null,
    }),
  );
