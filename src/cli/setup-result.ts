import type { Check } from '../verify/check.js';
import type { Difference } from '../apply/unified-diff.js';
import type { PlanRow } from './plan-report.js';

/** What `sf jwt setup --json` gives out. */
export type SetupResult = {
  connection: string;
  /** The integration user, or the account that the server knows as `sub`. */
  username: string;
  /** Origin of the server org; absent where the server is no org. */
  instanceUrl?: string;
  plan: PlanRow[];
  /** The steps of the plan that changed something. */
  changed: PlanRow[];
  /** Every file of the connection, relative to the project. */
  files: string[];
  /** Of the app in the server org; absent where the server is no org. */
  consumerKey?: string;
  certificate: {
    /** SHA-256, hexadecimal pairs joined by colons. */
    fingerprint256: string;
    /** ISO 8601. */
    notAfter: string;
  };
  checks: Check[];
  verified: boolean;
};

/** What `sf jwt setup --dry-run --json` gives out. */
export type SetupPlanResult = {
  connection: string;
  plan: PlanRow[];
  conflicts: string[];
  /** How what is in the way differs from what setup would put there, as unified diffs. */
  differences: Difference[];
  dryRun: true;
};
