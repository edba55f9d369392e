import { checkNames, type Check, type CheckName } from './check.js';

/** What came of a verification. Holds no secret. */
export type Verification = {
  readonly checks: readonly Check[];
  /** Whoever signs got a token, it worked where that can be tried, and no check failed. */
  readonly verified: boolean;
  /** The org that the token is for, where a token told it. */
  readonly orgId?: string;
};

/** Sums up, in the order of `checkNames`: verified where nothing failed and each of the proofs passed. Warnings do not count. */
export const concluded = (checks: readonly Check[], proofs: readonly CheckName[], orgId?: string): Verification => ({
  checks: checks.toSorted((one, other) => checkNames.indexOf(one.name) - checkNames.indexOf(other.name)),
  verified:
    checks.every(({ status }) => status !== 'failed') &&
    proofs.every((proof) => checks.some(({ name, status }) => name === proof && status === 'passed')),
  ...(orgId === undefined ? {} : { orgId }),
});
