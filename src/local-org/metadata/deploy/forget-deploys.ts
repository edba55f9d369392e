import type { LocalOrg, SObjectRecord } from '../../model.js';
import type { DeployOptions } from './deploy-options.js';
import { deployObject, queuedIn } from './deploy-queue.js';

/** Salesforce keeps a validation for ten days (Metadata API Developer Guide, deployRecentValidation()). */
const validationDays = 10;

/** How many deploys a local org remembers. Its own limit: each result lists all of its components. */
const mostKept = 200;

/** How much base64 of validated zips it keeps at most, the newest first. Its own limit. */
const mostValidatedBytes = 128 * 1024 * 1024;

/** The field with what a quick deploy needs. */
export const validatedField = 'LocalValidated';

export type Validated = { readonly zip: string; readonly options: DeployOptions };

/** Whether a validation may not be deployed any more. */
export function isTooOld(org: LocalOrg, row: SObjectRecord): boolean {
  return org.now() - Date.parse(String(row['CompletedDate'])) > validationDays * 24 * 60 * 60 * 1000;
}

/** Any deploy that changes the org ends that validations before it qualify (Salesforce Help, Quick Deployments). */
export function endValidations(org: LocalOrg): void {
  const validated = org.records.all(deployObject).filter((row) => row[validatedField]);
  for (const { Id } of validated) org.records.update(deployObject, Id, { [validatedField]: null });
}

/** Zips are large; those that nobody may deploy any more go. */
export function forgetOldDeploys(org: LocalOrg): void {
  const rows = org.records.all(deployObject).filter((row) => !queuedIn(row));
  for (const { Id } of rows.slice(0, -mostKept)) org.records.delete(deployObject, Id);
  let bytes = 0;
  for (const row of rows.slice(-mostKept).toReversed()) {
    const validated = row[validatedField] as Validated | null;
    bytes += validated?.zip.length ?? 0;
    const isForgotten = validated && (bytes > mostValidatedBytes || isTooOld(org, row));
    if (isForgotten) org.records.update(deployObject, row.Id, { [validatedField]: null });
  }
}
