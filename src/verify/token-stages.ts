import type { KeyObject, X509Certificate } from 'node:crypto';
import type { Claims } from '../config/connection.js';
import { defaultLifetimeSeconds } from './assertion.js';
import { lookAtKey, lookAtValidity } from './certificate-checks.js';
import { both, open, type CheckRun, type OnProgress, type Stage } from './check-run.js';
import { lookAtClock, lookAtEndpoint } from './endpoint-checks.js';
import type { RequestContext } from './error-catalogue.js';
import { failed, type Seen } from './finding.js';
import type { HttpAnswer, HttpDeps } from './http.js';
import type { RetryDeps } from './retry.js';
import { quotable } from './server-text.js';
import { lookForToken } from './token-check.js';
import { probeTokenEndpoint } from './token-request.js';
import type { TokenIssued } from './token-verdict.js';

/** Who signs. */
export type Signer = {
  /** Without it, nothing is signed and nothing verified. */
  readonly privateKey?: KeyObject;
  readonly certificate?: X509Certificate;
  /** `iss`: the consumer key of an app. */
  readonly clientId: string;
  /** How long to wait for an app that is not known everywhere yet. */
  readonly deadlineSeconds: number;
};

/** Who is asked for a token. */
export type TokenTarget = RequestContext & {
  readonly tokenEndpoint: string;
  readonly scope?: string;
  readonly claims?: Claims;
  /** Why the address cannot be used. */
  readonly refusal?: string;
};

export type VerifyDeps = HttpDeps & RetryDeps;

export type TokenStagesInput = { readonly signer: Signer; readonly target: TokenTarget };

/** The checks from the key to the token, which are the same for every server that knows the flow. */
export async function runTokenStages(
  run: CheckRun,
  { signer, target }: TokenStagesInput,
  deps: VerifyDeps,
  onProgress: OnProgress,
): Promise<Stage<TokenIssued>> {
  const key = await run.step('key-matches-certificate', open(signer), ({ privateKey, certificate }) =>
    lookAtKey(privateKey, certificate),
  );
  await run.step('certificate-valid', open(signer), ({ certificate }) => ({
    finding: lookAtValidity(certificate, deps.now()),
  }));
  const endpoint = await run.step('endpoint-reachable', open(target), (to) => reach(to, deps));
  const clock = await run.step('clock-skew', endpoint, (answer) =>
    lookAtClock(answer, deps.now(), defaultLifetimeSeconds),
  );
  return run.step('token-issued', both(key, clock), ([privateKey]) => {
    const { clientId, deadlineSeconds } = signer;
    return lookForToken({ ...target, privateKey, clientId, deadlineSeconds }, deps, (detail, next, remaining) =>
      onProgress({
        kind: 'waiting',
        name: 'token-issued',
        detail,
        nextAttemptSeconds: next,
        remainingSeconds: remaining,
      }),
    );
  });
}

async function reach(target: TokenTarget, deps: VerifyDeps): Promise<Seen<HttpAnswer>> {
  if (target.refusal !== undefined) {
    const detail = `${quotable(target.instanceUrl)} cannot be used as the instance URL: ${target.refusal}.`;
    return { finding: failed(detail, ['Give the My Domain of the org: https://MY_DOMAIN.my.salesforce.com']) };
  }
  return lookAtEndpoint(target.tokenEndpoint, await probeTokenEndpoint(target.tokenEndpoint, deps), target);
}
