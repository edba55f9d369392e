import type { LocalRequest } from '../http.js';

/** The part of a path that the URLs in its answer begin with, like `/services/data/v67.0` or `…/tooling`. */
export function basePathOf(request: LocalRequest): string {
  return /^\/services\/data\/v\d+\.0(?:\/tooling)?/.exec(request.path)?.[0] ?? '';
}

/** Whether a request is for the Tooling API, which knows more objects. */
export function isTooling(request: LocalRequest): boolean {
  return basePathOf(request).endsWith('/tooling');
}
