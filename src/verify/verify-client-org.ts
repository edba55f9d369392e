import {
  certificateInAppCheck,
  certificateInOrgCheck,
  certificateValidCheck,
  type CertificateInOrg,
} from './certificate-checks.js';
import type { Check, CheckName } from './check.js';
import type { OnProgress } from './check-run.js';
import type { DifferingSettings } from './differing-settings.js';
import { propagationIn } from './in-org-refusal.js';
import {
  judgeInOrgReport,
  secondSigner,
  soleSigner,
  type InOrgExpectation,
  type InOrgReport,
  type ReportChecks,
} from './in-org-report.js';
import { retry, type RetryDeps } from './retry.js';
import { concluded, type Verification } from './verification-result.js';

type FlowInput = InOrgExpectation & {
  readonly certificate: CertificateInOrg;
  /** How long to wait for an app that is not known everywhere yet. */
  readonly deadlineSeconds: number;
};

/** A flow whose key is in the client org, where no one else can sign. */
export type ClientOrgInput = FlowInput & {
  /** The certificate that was deployed with the app; undefined where the server is no org, and nothing was. */
  readonly deployedPem?: string | undefined;
};

/** A flow whose key the client org has as well as this machine. */
export type SecondSignerInput = FlowInput & {
  /** The certificate of the key on this machine. */
  readonly ownPem: string;
};

export type ClientOrgDeps = RetryDeps & {
  /** Lets the client org run the flow once. */
  readonly runInClientOrg: () => Promise<InOrgReport>;
  /** Settings in the client org that are not those of the connection; asked where the flow fails. */
  readonly findDifferingSettings: () => Promise<DifferingSettings | undefined>;
};

/** Checks the certificate on both sides and lets the client org run the flow, while waiting for a new app may help. */
export async function verifyClientOrg(
  input: ClientOrgInput,
  deps: ClientOrgDeps,
  onProgress: OnProgress = () => {},
): Promise<Verification> {
  const { deployedPem, certificate } = input;
  const certificateChecks: readonly Check[] = [
    certificateValidCheck(certificate, deps.now()),
    deployedPem === undefined ? certificateInOrgCheck(certificate) : certificateInAppCheck(deployedPem, certificate),
  ];
  report(certificateChecks, onProgress);
  const flow = await runFlow(input, soleSigner, deps, onProgress);
  const proofs: readonly CheckName[] = input.server === 'oauth2' ? ['token-issued'] : ['token-issued', 'token-works'];
  return concluded([...certificateChecks, ...flow.checks], proofs, flow.orgId);
}

/**
 * After this machine has run the flow: compares the certificate of the client org with the one here, and lets that org run
 * the flow too. Without the right certificate it is not asked, since the app would refuse it.
 */
export async function verifySecondSigner(
  input: SecondSignerInput,
  deps: ClientOrgDeps,
  onProgress: OnProgress = () => {},
): Promise<Verification> {
  const certificateCheck = certificateInOrgCheck(input.certificate, input.ownPem);
  report([certificateCheck], onProgress);
  if (certificateCheck.status === 'failed') {
    const skippedChecks = skippedFlow(input);
    report(skippedChecks, onProgress);
    return concluded([certificateCheck, ...skippedChecks], []);
  }
  const flow = await runFlow(input, secondSigner, deps, onProgress);
  const proofs: readonly CheckName[] =
    input.server === 'oauth2' ? ['client-org-token'] : ['client-org-token', 'client-org-call'];
  return concluded([certificateCheck, ...flow.checks], proofs, flow.orgId);
}

async function runFlow(
  input: FlowInput,
  names: ReportChecks,
  deps: ClientOrgDeps,
  onProgress: OnProgress,
): Promise<{ readonly checks: readonly Check[]; readonly orgId?: string | undefined }> {
  const name = names.token;
  onProgress({ kind: 'started', name });
  const { result } = await retry(
    {
      deadlineSeconds: input.deadlineSeconds,
      attempt: deps.runInClientOrg,
      waitFor: (seen) => propagationIn(seen, input),
      onWaiting: (detail, nextAttemptSeconds, remainingSeconds) =>
        onProgress({ kind: 'waiting', name, detail, nextAttemptSeconds, remainingSeconds }),
    },
    deps,
  );
  const judged = await judgeInOrgReport(result, input, names);
  const differing = judged.some(({ status }) => status === 'failed') ? await deps.findDifferingSettings() : undefined;
  const checks = differing ? await judgeInOrgReport(result, { ...input, differing }, names) : judged;
  report(checks, onProgress);
  return { checks, orgId: result.orgId };
}

function skippedFlow({ server }: FlowInput): readonly Check[] {
  const { token, call, user } = secondSigner;
  const names: readonly CheckName[] = [token, call, ...(server === 'oauth2' ? [] : [user]), 'client-org-runs'];
  const detail = 'Skipped: client-org-certificate failed.';
  return names.map((name) => ({ name, status: 'skipped', detail }));
}

function report(checks: readonly Check[], onProgress: OnProgress): void {
  for (const check of checks) onProgress({ kind: 'finished', check });
}
