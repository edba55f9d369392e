import type { KeyObject } from 'node:crypto';
import type { Claims } from '../config/connection.js';
import { defaultLifetimeSeconds, signAssertion } from './assertion.js';
import type { Advice } from './advice.js';
import { adviseOn, type RequestContext } from './error-catalogue.js';
import { adviseOnFault } from './fault-advice.js';
import { failed, passed, signedBy, type Seen } from './finding.js';
import type { HttpDeps } from './http.js';
import type { NetworkFault } from './network-fault.js';
import { inWords, retry, type OnWaiting, type Retried, type RetryDeps } from './retry.js';
import { quotable } from './server-text.js';
import { requestToken } from './token-request.js';
import { judgeTokenAnswer, type TokenIssued, type TokenVerdict } from './token-verdict.js';

export type TokenFlow = RequestContext & {
  readonly privateKey: KeyObject;
  readonly clientId: string;
  readonly tokenEndpoint: string;
  readonly scope?: string | undefined;
  readonly claims?: Claims | undefined;
  /** How long an app that is not known everywhere yet is waited for. */
  readonly deadlineSeconds: number;
};

export type TokenOutcome = TokenVerdict | NetworkFault;
type TokenFailure = Exclude<TokenOutcome, TokenIssued>;

/** Signs and asks for a token until there is one, the deadline is over, or waiting cannot help. */
export async function lookForToken(
  flow: TokenFlow,
  deps: HttpDeps & RetryDeps,
  onWaiting: OnWaiting,
): Promise<Seen<TokenIssued>> {
  const { deadlineSeconds } = flow;
  const plan = {
    deadlineSeconds,
    attempt: () => attempt(flow, deps),
    waitFor: (outcome: TokenOutcome, attempts: number) => reasonToWait(outcome, attempts, flow),
    onWaiting,
  };
  return explainToken(await retry(plan, deps), flow);
}

async function attempt(flow: TokenFlow, deps: HttpDeps & RetryDeps): Promise<TokenOutcome> {
  const assertion = await signAssertion({
    privateKey: flow.privateKey,
    issuer: flow.clientId,
    subject: flow.username,
    audience: flow.audience,
    lifetimeSeconds: defaultLifetimeSeconds,
    ...(flow.claims === undefined ? {} : { claims: flow.claims }),
    now: deps.now,
  });
  const { tokenEndpoint, scope, server } = flow;
  const answer = await requestToken({ tokenEndpoint, assertion, scope }, deps);
  return answer.kind === 'fault' ? answer : judgeTokenAnswer(answer, server);
}

/** Once we are waiting, a passing fault of the network or the org is no reason to stop. */
function reasonToWait(outcome: TokenOutcome, attempts: number, context: RequestContext): string | undefined {
  if (outcome.kind === 'issued' || outcome.kind === 'malformed') return undefined;
  const mayPass = outcome.kind === 'refused' ? outcome.mayBePropagation : attempts > 1;
  return mayPass ? `${sayFailure(outcome, context)}; a new or changed app takes a few minutes to be known` : undefined;
}

/** The `token-issued` check for the last outcome of a token request. */
function explainToken(
  { result, attempts, waitedSeconds }: Retried<TokenOutcome>,
  context: RequestContext,
): Seen<TokenIssued> {
  const waited = attempts > 1 ? ` after ${attempts} attempts in ${inWords(waitedSeconds)}` : '';
  if (result.kind === 'issued') {
    const finding = passed(`${sayIssued(result, context)}${waited}.`);
    return { finding: signedBy('this-machine', finding), value: result };
  }
  const { cause, actions } = adviceFor(result, context);
  const finding = failed(`No token${waited}. ${sayFailure(result, context)}: ${cause}.`, actions);
  return { finding: signedBy('this-machine', finding) };
}

function adviceFor(failure: TokenFailure, context: RequestContext): Advice {
  return failure.kind === 'fault' ? adviseOnFault(failure, context.server) : adviseOn(failure.catalogueKey, context);
}

function sayIssued({ instanceUrl }: TokenIssued, context: RequestContext): string {
  return context.server === 'oauth2'
    ? `A token was issued by ${quotable(context.instanceUrl)}`
    : `A token was issued for ${quotable(instanceUrl ?? context.instanceUrl)}`;
}

function sayFailure(failure: TokenFailure, { server }: RequestContext): string {
  const who = server === 'oauth2' ? 'The server' : 'The org';
  if (failure.kind === 'fault') return `${who} did not answer`;
  if (failure.kind !== 'refused') return `${who} answered ${failure.detail}`;
  return failure.description
    ? `${who} said ${failure.error}, "${failure.description}"`
    : `${who} said ${failure.error}`;
}
