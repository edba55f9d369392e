/** One place where two observations are not the same. */
export type Difference = { readonly path: string; readonly left: unknown; readonly right: unknown };

/** Every place where two observations differ, by path; lists of another length differ as a whole. */
export function differencesOf(left: unknown, right: unknown, path = ''): readonly Difference[] {
  if (isRecord(left) && isRecord(right)) {
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
    return names.flatMap((name) => differencesOf(left[name], right[name], path === '' ? name : `${path}.${name}`));
  }
  if (Array.isArray(left) && Array.isArray(right) && left.length === right.length) {
    return left.flatMap((entry, index) => differencesOf(entry, right[index], `${path}[${index}]`));
  }
  return JSON.stringify(left) === JSON.stringify(right) ? [] : [{ path, left, right }];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
