import type { Grant } from '../artifacts/grant.js';
import { startRun, type OnProgress } from './check-run.js';
import { skipped } from './finding.js';
import { lookAtGrantedScope } from './identity-checks.js';
import { quotable } from './server-text.js';
import { runTokenStages, type Signer, type VerifyDeps } from './token-stages.js';
import { concluded, type Verification } from './verification-result.js';

export type OauthFlowInput = Omit<Signer, 'clientId'> & { readonly grant: Grant };

/**
 * Runs the flow against a server that is no org (RFC 7523): as far as the token, since nothing is known of the API that it
 * is for.
 */
export async function verifyOauthFlow(
  { grant, ...signer }: OauthFlowInput,
  deps: VerifyDeps,
  onProgress: OnProgress = () => {},
): Promise<Verification> {
  const run = startRun(onProgress);
  const { issuer, subject, audience, tokenEndpoint, baseUrl, scope, claims } = grant;
  const target = {
    server: 'oauth2',
    username: subject,
    instanceUrl: tokenEndpoint,
    audience,
    tokenEndpoint,
    ...(scope === undefined ? {} : { scope }),
    ...(claims === undefined ? {} : { claims }),
  } as const;
  const token = await runTokenStages(run, { signer: { ...signer, clientId: issuer }, target }, deps, onProgress);
  await run.step('token-works', token, () => ({ finding: skipped(baseUrlNotCalled(baseUrl)) }));
  await run.step('scopes', token, (issued) => ({ finding: lookAtGrantedScope(issued.scope, scope) }));
  return concluded(run.checks(), ['token-issued']);
}

/** Why a token for a server that is no org is not tried. */
export const baseUrlNotCalled = (baseUrl: string): string =>
  `${quotable(baseUrl)} was not called with the token: nothing is known of what this API offers.`;
