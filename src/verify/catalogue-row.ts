import type { Advice } from './advice.js';

/**
 * How we know: `documented` by Salesforce; `seen` in what orgs answered; `standard` where an RFC says so of any server;
 * `assumed` from reports at second hand, not seen by us.
 */
export type SourceGrade = 'documented' | 'seen' | 'standard' | 'assumed';

/**
 * One way in which the token endpoint says no. Actions may hold `{username}`, `{instanceUrl}` and `{audience}`,
 * and words like `MY_ORG` (see `fillNames`).
 */
export type CatalogueRow<Key extends string = string> = Advice & {
  readonly key: Key;
  /** Value of `error` in the answer (RFC 6749 section 5.2); undefined where the answer is not OAuth's. */
  readonly error?: string;
  /** `error_description` as Salesforce words it; undefined where any text, or none, means the same. */
  readonly description?: string;
  /** Tells this description from others under the same `error`. */
  readonly pattern?: RegExp;
  /** Next steps instead, where a client org alone has the key: nothing on this machine is there to compare. */
  readonly actionsInClientOrg?: readonly string[];
  /** Whether a new or changed app that is not known everywhere yet may be the reason. Salesforce says 2 to 10 minutes. */
  readonly mayBePropagation: boolean;
  readonly source: SourceGrade;
};
