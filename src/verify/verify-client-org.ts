import { certificateInAppCheck, lookAtValidity, parseCertificate } from './certificate-checks.js';
import type { Check } from './check.js';
import { isVerified, type OnProgress } from './check-run.js';
import { judgeInOrgReport, propagationIn, type InOrgExpectation, type InOrgReport } from './in-org-report.js';
import { retry, type RetryDeps } from './retry.js';
import type { Verification } from './verify-flow.js';

/** A flow whose key is in the client org, where no one else can sign. */
export type ClientOrgInput = InOrgExpectation & {
  /** The certificate that was deployed with the app. */
  readonly deployedPem: string;
  /** The certificate as the client org has it; undefined where it has none. */
  readonly currentPem?: string;
  /** How long to wait for an app that is not known everywhere yet. */
  readonly deadlineSeconds: number;
};

export type ClientOrgDeps = RetryDeps & {
  /** Lets the client org run the flow once. */
  readonly runInClientOrg: () => Promise<InOrgReport>;
};

/** Checks the certificate on both sides and lets the client org run the flow, while waiting for a new app may help. */
export async function verifyClientOrg(
  input: ClientOrgInput,
  deps: ClientOrgDeps,
  onProgress: OnProgress = () => {},
): Promise<Verification> {
  const certificateChecks = [
    { name: 'certificate-valid', ...lookAtValidity(parseCertificate(input.currentPem), deps.now()) } as const,
    certificateInAppCheck(input.deployedPem, input.currentPem),
  ];
  report(certificateChecks, onProgress);
  onProgress({ kind: 'started', name: 'token-issued' });
  const { result } = await retry(
    {
      deadlineSeconds: input.deadlineSeconds,
      attempt: deps.runInClientOrg,
      waitFor: propagationIn,
      onWaiting: (detail, nextAttemptSeconds, remainingSeconds) =>
        onProgress({ kind: 'waiting', name: 'token-issued', detail, nextAttemptSeconds, remainingSeconds }),
    },
    deps,
  );
  const flowChecks = await judgeInOrgReport(result, input);
  report(flowChecks, onProgress);
  const checks = [...certificateChecks, ...flowChecks];
  const { orgId } = result;
  return { checks, verified: isVerified(checks), ...(orgId === undefined ? {} : { orgId }) };
}

function report(checks: readonly Check[], onProgress: OnProgress): void {
  for (const check of checks) onProgress({ kind: 'finished', check });
}
