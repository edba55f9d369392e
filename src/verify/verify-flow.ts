import { startRun, type CheckRun, type OnProgress, type Stage } from './check-run.js';
import { lookAtScopes, lookAtUserAndOrg } from './identity-checks.js';
import { parseServerUrl, tokenEndpointOf } from './server-url.js';
import { runTokenStages, type Signer, type TokenTarget, type VerifyDeps } from './token-stages.js';
import { lookAtToken } from './token-use.js';
import type { TokenIssued } from './token-verdict.js';
import { concluded, type Verification } from './verification-result.js';

export type VerifyInput = Signer & {
  /** `sub`. */
  readonly username: string;
  /** My Domain of the server org, a login host, or a site of Experience Cloud. */
  readonly instanceUrl: string;
  /** `aud`; the instance URL by default. */
  readonly audience?: string;
  /** Scopes by their metadata or OAuth names. */
  readonly expected?: { readonly orgId?: string; readonly scopes?: readonly string[] };
};

/** Runs the whole flow as a client does and checks each part of it. Faults become checks: it does not throw for them. */
export async function verifyFlow(
  input: VerifyInput,
  deps: VerifyDeps,
  onProgress: OnProgress = () => {},
): Promise<Verification> {
  const run = startRun(onProgress);
  const target = targetOf(input);
  const token = await runTokenStages(run, { signer: input, target }, deps, onProgress);
  const orgId = await useToken(run, token, { input, deps, instanceUrl: target.instanceUrl });
  return concluded(run.checks(), ['token-issued', 'token-works'], orgId);
}

/** My Domain for both the token endpoint and the audience: an External Client App accepts no other. */
function targetOf({ instanceUrl, username, audience }: VerifyInput): TokenTarget {
  const url = parseServerUrl(instanceUrl);
  const base = url.kind === 'accepted' ? url.base : instanceUrl;
  return {
    server: 'salesforce',
    username,
    instanceUrl: base,
    audience: audience ?? base,
    tokenEndpoint: tokenEndpointOf(base),
    ...(url.kind === 'refused' ? { refusal: url.reason } : {}),
  };
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
