import { isFields, type Fields } from './body.js';

export type Referring = { readonly url: string; readonly body?: Fields };

export type Filled =
  { readonly kind: 'filled'; readonly value: Referring } | { readonly kind: 'unresolved'; readonly message: string };

/**
 * Puts values of earlier answers in place of `@{referenceId.path.to[0].value}` (REST API Developer Guide, composite).
 *
 * @param bodyOf the body of the answer with this reference id
 */
export function insertReferences(request: Referring, bodyOf: (referenceId: string) => unknown): Filled {
  let unresolved: string | undefined;
  const fill = (text: string): string =>
    text.replace(/@\{([A-Za-z]\w{0,200})\.([^{}]{1,200})\}/g, (_, id: string, path: string) => {
      const value = valueAt(bodyOf(id), path);
      if (value !== undefined) return value;
      unresolved ??= `Invalid reference specified. No value for ${id}.${path} found in ${id}`;
      return '';
    });
  const value = { url: fill(request.url), body: request.body && filledIn(request.body, fill) };
  return unresolved === undefined ? { kind: 'filled', value } : { kind: 'unresolved', message: unresolved };
}

function filledIn(fields: Fields, fill: (text: string) => string): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? fill(value) : value]),
  );
}

function valueAt(body: unknown, path: string): string | undefined {
  let value = body;
  for (const step of path.split(/\.|\[(\d+)\]/).filter(Boolean)) {
    if (Array.isArray(value)) value = (value as readonly unknown[])[Number(step)];
    else value = isFields(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
