/** `waiting` is only ever shown in progress, never in a result. */
export type CheckStatus = 'passed' | 'warning' | 'failed' | 'skipped';

/**
 * In the order in which they are listed. Those from `key-matches-certificate` to `scopes` are about whoever signs first: this
 * machine where the key is here, else the client org. Where both have the key, `client-org-…` is what the client org did.
 */
export const checkNames = [
  'key-matches-certificate',
  'certificate-valid',
  'certificate-in-app',
  'endpoint-reachable',
  'clock-skew',
  'token-issued',
  'token-works',
  'user-and-org',
  'scopes',
  'client-org-certificate',
  'client-org-token',
  'client-org-call',
  'client-org-user',
  'client-org-runs',
] as const;
export type CheckName = (typeof checkNames)[number];

/** One thing that was looked at, and what was seen. Holds no secret. */
export type Check = {
  readonly name: CheckName;
  readonly status: CheckStatus;
  /** What was seen, in one sentence a person reads. */
  readonly detail: string;
  /** What to do next, when the status asks for it; each starts with a verb. */
  readonly actions?: readonly string[];
  /** Who signed the assertion, in the checks that ask for a token with one. */
  readonly signer?: AssertionSigner;
};

/** The signer of this plugin with the key in the private folder, or the client org with its own. */
export type AssertionSigner = 'this-machine' | 'client-org';
