import type { LocalOrg, SObjectRecord } from '../../model.js';
import { apexNotExecuted } from '../../apex/not-executed.js';
import { isId } from '../../store/ids.js';
import { salesforceDate } from '../../store/record-store.js';
import { asksForTests, type DeployOptions } from './deploy-options.js';
import { userName } from '../retrieve/file-properties.js';
import { testResult, type DeployResult } from './deploy-result.js';
import { runDeploy, type DeployRun } from './run-deploy.js';

/** What a request about a deploy can be refused with, as the Metadata API words it. */
export type DeployRefusal = { readonly kind: 'refusal'; readonly code: string; readonly message: string };

type Started = { readonly kind: 'started'; readonly id: string };

/** Salesforce keeps a validation for ten days (Metadata API Developer Guide, deployRecentValidation()). */
const validationDays = 10;

/** A job is a row of the org, so that it outlives a restart: its result and, of a validation, its zip, in two fields of ours. */
const object = 'DeployRequest';
const resultField = 'LocalResult';
const validatedField = 'LocalValidated';

type Validated = { readonly zip: string; readonly options: DeployOptions };

/** Runs a deploy to its end. The caller gets the id at once all the same, and polls for the result as with any org. */
export async function startDeploy(
  org: LocalOrg,
  userId: string,
  zip: Uint8Array,
  options: DeployOptions,
): Promise<Started> {
  const startedAt = org.now();
  const run = await runDeploy(org, zip, options);
  const row = org.records.insert(object, {
    Status: run.status,
    StartDate: salesforceDate(startedAt),
    CompletedDate: salesforceDate(org.now()),
    CheckOnly: options.checkOnly,
    ErrorMessage: run.errorMessage ?? null,
    NumberComponentErrors: run.failures.length,
    NumberComponentsDeployed: countDeployed(run),
    NumberComponentsTotal: run.failures.length + countDeployed(run),
    CreatedById: userId,
    LastModifiedById: userId,
  });
  forgetOldValidations(org);
  const isValidation = options.checkOnly && run.status === 'Succeeded';
  const validated: Validated = { zip: Buffer.from(zip).toString('base64'), options };
  org.records.update(object, row.Id, {
    [resultField]: resultOf(org, { id: row.Id, userId, startedAt, run, options }),
    [validatedField]: isValidation ? validated : null,
  });
  return { kind: 'started', id: row.Id };
}

/** The result of a deploy. */
export function findDeploy(
  org: LocalOrg,
  id: string,
): { readonly kind: 'found'; readonly result: DeployResult } | DeployRefusal {
  const row = findRow(org, id);
  if (!row) return unknownId(id);
  return { kind: 'found', result: row[resultField] as DeployResult };
}

/** A local org is done with a deploy before anybody can cancel it. */
export function cancelDeploy(org: LocalOrg, id: string): DeployRefusal {
  if (!findRow(org, id)) return unknownId(id);
  return { kind: 'refusal', code: 'INVALID_ID_FIELD', message: 'Deployment already completed' };
}

/** Deploys what a recent successful validation has checked. The texts of its refusals are assumptions. */
export async function deployValidated(org: LocalOrg, userId: string, id: string): Promise<Started | DeployRefusal> {
  const row = findRow(org, id);
  if (!row) return unknownId(id);
  const validated = row[validatedField] as Validated | null;
  if (!validated || isTooOld(org, row)) {
    const message = 'The deployment is not a successful validation of the last 10 days';
    return { kind: 'refusal', code: 'INVALID_ID_FIELD', message };
  }
  return startDeploy(org, userId, Buffer.from(validated.zip, 'base64'), { ...validated.options, checkOnly: false });
}

function isTooOld(org: LocalOrg, row: SObjectRecord): boolean {
  return org.now() - Date.parse(String(row['CompletedDate'])) > validationDays * 24 * 60 * 60 * 1000;
}

/** Zips are large; those that nobody may deploy any more go. */
function forgetOldValidations(org: LocalOrg): void {
  for (const row of org.records.all(object)) {
    if (row[validatedField] && isTooOld(org, row)) org.records.update(object, row.Id, { [validatedField]: null });
  }
}

function findRow(org: LocalOrg, id: string): SObjectRecord | undefined {
  return id.startsWith('0Af') && isId(id) ? org.records.get(object, id) : undefined;
}

function unknownId(id: string): DeployRefusal {
  return isId(id)
    ? { kind: 'refusal', code: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id' }
    : { kind: 'refusal', code: 'INVALID_ID_FIELD', message: `bad id ${id.slice(0, 50)}` };
}

/** package.xml is in the list of successes, but does not count as a component. */
function countDeployed(run: DeployRun): number {
  return run.successes.filter(({ componentType }) => componentType !== '').length;
}

type Finished = {
  readonly id: string;
  readonly userId: string;
  readonly startedAt: number;
  readonly run: DeployRun;
  readonly options: DeployOptions;
};

function resultOf(org: LocalOrg, { id, userId, startedAt, run, options }: Finished): DeployResult {
  const started = new Date(startedAt).toISOString();
  const completed = new Date(org.now()).toISOString();
  const runTestsEnabled = asksForTests(options);
  return {
    checkOnly: options.checkOnly,
    completedDate: completed,
    createdBy: userId,
    createdByName: userName(org.records.get('User', userId)),
    createdDate: started,
    details: {
      componentFailures: run.failures,
      componentSuccesses: run.successes,
      runTestResult: testResult(runTestsEnabled, id),
    },
    done: true,
    ...(run.errorMessage === undefined ? {} : { errorMessage: run.errorMessage, errorStatusCode: 'UNKNOWN_EXCEPTION' }),
    id,
    ignoreWarnings: options.ignoreWarnings,
    lastModifiedDate: completed,
    numberComponentErrors: run.failures.length,
    numberComponentsDeployed: countDeployed(run),
    numberComponentsTotal: run.failures.length + countDeployed(run),
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled,
    startDate: started,
    ...(runTestsEnabled ? { stateDetail: apexNotExecuted } : {}),
    status: run.status,
    // Assumption: a deploy that succeeded in part is called a success, as its status is.
    success: run.status !== 'Failed',
  };
}
