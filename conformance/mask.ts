import type { OrgUnderTest } from './org-under-test.js';

type Rule = readonly [pattern: RegExp | string, mask: string];

/** What differs from org to org, and from run to run, in any answer. Secrets come first, so that none is ever kept. */
const everywhere: readonly Rule[] = [
  [/00D[A-Za-z0-9]{12,15}![\w.]+/g, 'TOKEN'],
  [/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, 'JWT'],
  [/-----BEGIN ([A-Z ]+)-----[^-]*-----END [A-Z ]+-----/g, 'PEM($1)'],
  [/3MVG9[\w.]{40,}/g, 'CONSUMER_KEY'],
  [/https?:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?/g, 'ORIGIN'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/g, 'TIME'],
  // The number by which Support finds an error in its logs.
  [/\b\d{6,}-\d{3,}\b(?: \(-?\d+\))?/g, 'ERROR_ID'],
  [/\b(?=[A-Za-z0-9]*\d)([a-zA-Z0-9]{3})[A-Za-z0-9]{12}(?:[A-Z0-5]{3})?\b/g, 'ID($1)'],
  [/\b\d{10,13}\b/g, 'MOMENT'],
];

/** Takes out of an observation what is this org's alone, so that two orgs that do the same have the same observations. */
export function maskFor(org: OrgUnderTest): (value: unknown) => unknown {
  const own: readonly Rule[] = [
    [org.instanceUrl, 'ORIGIN'],
    [new URL(org.instanceUrl).host, 'HOST'],
    [org.username, 'USERNAME'],
    [org.orgId, 'ORG_ID'],
    [org.orgId.slice(0, 15), 'ORG_ID'],
    [org.userId, 'USER_ID'],
    [org.userId.slice(0, 15), 'USER_ID'],
  ];
  const [tokens, ...others] = everywhere;
  const rules = [...(tokens ? [tokens] : []), ...own, ...others];
  const mask = (value: unknown): unknown => {
    if (typeof value === 'string') return rules.reduce((text, [pattern, by]) => text.replaceAll(pattern, by), value);
    if (typeof value === 'number') return value > 1e9 ? 'MOMENT' : value;
    if (Array.isArray(value)) return value.map(mask);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mask(inner)]));
  };
  return mask;
}
