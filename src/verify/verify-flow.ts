import type { KeyObject, X509Certificate } from 'node:crypto';
import { defaultLifetimeSeconds } from './assertion.js';
import { lookAtKey, lookAtValidity } from './certificate-checks.js';
import type { Check } from './check.js';
import { both, isVerified, open, startRun, type CheckRun, type OnProgress, type Stage } from './check-run.js';
import { lookAtClock, lookAtEndpoint } from './endpoint-checks.js';
import type { RequestContext } from './error-catalogue.js';
import { failed, type Seen } from './finding.js';
import type { HttpAnswer, HttpDeps } from './http.js';
import { lookAtScopes, lookAtUserAndOrg } from './identity-checks.js';
import type { RetryDeps } from './retry.js';
import { quotable } from './server-text.js';
import { parseServerUrl, tokenEndpointOf } from './server-url.js';
import { lookForToken } from './token-check.js';
import { probeTokenEndpoint } from './token-request.js';
import { lookAtToken } from './token-use.js';
import type { TokenIssued } from './token-verdict.js';

export type VerifyInput = {
  /** Without it, nothing is signed and `verified` is false. */
  readonly privateKey?: KeyObject;
  readonly certificate?: X509Certificate;
  /** Consumer key of the app: `iss`. */
  readonly clientId: string;
  /** `sub`. */
  readonly username: string;
  /** My Domain of the server org, a login host, or a site of Experience Cloud. */
  readonly instanceUrl: string;
  /** `aud`; the instance URL by default. */
  readonly audience?: string;
  /** Scopes by their metadata or OAuth names. */
  readonly expected?: { readonly orgId?: string; readonly scopes?: readonly string[] };
  /** How long to wait for an app that is not known everywhere yet. */
  readonly deadlineSeconds: number;
};

export type VerifyDeps = HttpDeps & RetryDeps;

export type Verification = {
  readonly checks: readonly Check[];
  /** A token was issued and no check failed. */
  readonly verified: boolean;
  /** The org that the token is for, where a token told it. */
  readonly orgId?: string;
};

/** Runs the whole flow as a client does and checks each part of it. Faults become checks: it does not throw for them. */
export async function verifyFlow(
  input: VerifyInput,
  deps: VerifyDeps,
  onProgress: OnProgress = () => {},
): Promise<Verification> {
  const run = startRun(onProgress);
  const target = targetOf(input);
  const key = await run.step('key-matches-certificate', open(input), ({ privateKey, certificate }) =>
    lookAtKey(privateKey, certificate),
  );
  await run.step('certificate-valid', open(input), ({ certificate }) => ({
    finding: lookAtValidity(certificate, deps.now()),
  }));
  const endpoint = await run.step('endpoint-reachable', open(target), (to) => reach(to, deps));
  const clock = await run.step('clock-skew', endpoint, (answer) =>
    lookAtClock(answer, deps.now(), defaultLifetimeSeconds),
  );
  const token = await run.step('token-issued', both(key, clock), ([privateKey]) => {
    const { clientId, deadlineSeconds } = input;
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
  const orgId = await useToken(run, token, { input, deps, instanceUrl: target.instanceUrl });
  return { checks: run.checks(), verified: isVerified(run.checks()), ...(orgId === undefined ? {} : { orgId }) };
}

type Target = RequestContext & { readonly tokenEndpoint: string; readonly refusal?: string };

/** My Domain for both the token endpoint and the audience: an External Client App accepts no other. */
function targetOf({ instanceUrl, username, audience }: VerifyInput): Target {
  const url = parseServerUrl(instanceUrl);
  const base = url.kind === 'accepted' ? url.base : instanceUrl;
  return {
    username,
    instanceUrl: base,
    audience: audience ?? base,
    tokenEndpoint: tokenEndpointOf(base),
    ...(url.kind === 'refused' ? { refusal: url.reason } : {}),
  };
}

async function reach(target: Target, deps: VerifyDeps): Promise<Seen<HttpAnswer>> {
  if (target.refusal !== undefined) {
    const detail = `${quotable(target.instanceUrl)} cannot be used as the instance URL: ${target.refusal}.`;
    return { finding: failed(detail, ['Give the My Domain of the org: https://MY_DOMAIN.my.salesforce.com']) };
  }
  return lookAtEndpoint(target.tokenEndpoint, await probeTokenEndpoint(target.tokenEndpoint, deps), target);
}

type Use = { readonly input: VerifyInput; readonly deps: VerifyDeps; readonly instanceUrl: string };

async function useToken(
  run: CheckRun,
  token: Stage<TokenIssued>,
  { input, deps, instanceUrl }: Use,
): Promise<string | undefined> {
  const { username, expected } = input;
  const identity = await run.step('token-works', token, (issued) => lookAtToken(issued, instanceUrl, deps));
  await run.step('user-and-org', identity, (seen) => ({
    finding: lookAtUserAndOrg(seen, { username, orgId: expected?.orgId }),
  }));
  await run.step('scopes', token, ({ scope }) => ({ finding: lookAtScopes(scope, expected?.scopes) }));
  return identity.kind === 'open' ? identity.value.orgId : undefined;
}
