import type { Route } from './http.js';

export type Match =
  | { readonly kind: 'found'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'none' };

/** The first route for a method and a path. HEAD is answered as GET is, without the body. */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match {
  const wanted = method === 'HEAD' ? 'GET' : method;
  const candidates = routes.filter(({ pattern }) => pattern.test(path));
  const route = candidates.find((candidate) => candidate.method === wanted);
  if (route) return { kind: 'found', route, params: paramsOf(route.pattern, path) };
  if (candidates.length === 0) return { kind: 'none' };
  return { kind: 'wrong-method', allowed: allowedBy(candidates) };
}

/** In the order in which orgs name them. */
function allowedBy(candidates: readonly Route[]): readonly string[] {
  const there = new Set(candidates.map(({ method }) => method));
  if (there.has('GET')) there.add('HEAD');
  return ['HEAD', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => there.has(method));
}

function paramsOf(pattern: RegExp, path: string): Readonly<Record<string, string>> {
  const groups = Object.entries(pattern.exec(path)?.groups ?? {});
  return Object.fromEntries(
    groups.filter((entry) => entry[1] !== undefined).map(([name, text]) => [name, decoded(text)]),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
