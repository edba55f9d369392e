import { apexNotExecuted } from '../../apex/not-executed.js';
import type { ComponentMessage } from './problem.js';

/** `DeployResult` of the Metadata API: of a SOAP answer as elements, of a REST answer as JSON. */
export type DeployResult = {
  readonly canceledBy?: string;
  readonly canceledByName?: string;
  readonly checkOnly: boolean;
  /** Once it is done. */
  readonly completedDate?: string;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdDate: string;
  readonly details: {
    readonly componentFailures: readonly ComponentMessage[];
    readonly componentSuccesses: readonly ComponentMessage[];
    readonly runTestResult: RunTestResult;
  };
  readonly done: boolean;
  readonly errorMessage?: string;
  readonly errorStatusCode?: string;
  readonly id: string;
  readonly ignoreWarnings: boolean;
  readonly lastModifiedDate: string;
  readonly numberComponentErrors: number;
  readonly numberComponentsDeployed: number;
  readonly numberComponentsTotal: number;
  readonly numberTestErrors: number;
  readonly numberTestsCompleted: number;
  readonly numberTestsTotal: number;
  readonly rollbackOnError: boolean;
  readonly runTestsEnabled: boolean;
  /** Once it is no longer pending. */
  readonly startDate?: string;
  readonly stateDetail?: string;
  readonly status: string;
  readonly success: boolean;
};

type RunTestResult = {
  readonly codeCoverage: readonly never[];
  readonly codeCoverageWarnings: readonly CoverageWarning[];
  readonly failures: readonly never[];
  readonly numFailures: number;
  readonly numTestsRun: number;
  readonly successes: readonly never[];
  readonly totalTime: number;
};

type CoverageWarning = { readonly id: string; readonly message: string; readonly name: null; readonly namespace: null };

/** The result of the tests that a deploy asked for: none was run, and a warning says so, which the `sf` CLI prints. */
export function testResult(isRequested: boolean, id: string): RunTestResult {
  return {
    codeCoverage: [],
    codeCoverageWarnings: isRequested ? [{ id, message: apexNotExecuted, name: null, namespace: null }] : [],
    failures: [],
    numFailures: 0,
    numTestsRun: 0,
    successes: [],
    totalTime: 0,
  };
}

/** What a poll without details gets. */
export function withoutDetails({ details: _details, ...result }: DeployResult): Omit<DeployResult, 'details'> {
  return result;
}
