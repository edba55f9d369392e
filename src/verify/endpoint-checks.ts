import { adviseOn, type RequestContext } from './error-catalogue.js';
import { adviseOnFault } from './fault-advice.js';
import { failed, passed, skipped, warning, type Seen } from './finding.js';
import type { HttpAnswer } from './http.js';
import type { NetworkFault } from './network-fault.js';
import { judgeTokenAnswer } from './token-verdict.js';

/** The `Date` header has whole seconds, and an answer takes a few: less says nothing about a clock. */
const skewToleranceSeconds = 30;

const setClock = 'Set the clock of this machine from the network, for example on Linux: sudo timedatectl set-ntp true';

/** Whether something that can issue tokens answers at the token endpoint. */
export function lookAtEndpoint(
  tokenEndpoint: string,
  answer: HttpAnswer | NetworkFault,
  context: RequestContext,
): Seen<HttpAnswer> {
  if (answer.kind === 'fault') {
    const { cause, actions } = adviseOnFault(answer, context.server);
    return { finding: failed(`${tokenEndpoint} did not answer: ${cause}.`, actions) };
  }
  const verdict = judgeTokenAnswer(answer, context.server);
  if (verdict.kind === 'unavailable') {
    const { cause, actions } = adviseOn(verdict.catalogueKey, context);
    return { finding: failed(`${tokenEndpoint} answered ${verdict.detail}: ${cause}.`, actions) };
  }
  return { finding: passed(`${tokenEndpoint} answers (HTTP ${answer.status}).`), value: answer };
}

/**
 * Compares our clock with the server's. A slow clock makes assertions that have expired on arrival; a fast one makes them live
 * longer than the three minutes that Salesforce Help allows.
 *
 * @param now when the answer came.
 */
export function lookAtClock(answer: HttpAnswer, now: Date, lifetimeSeconds: number): Seen<true> {
  const serverTime = Date.parse(answer.headers.date ?? '');
  if (Number.isNaN(serverTime)) {
    return { finding: skipped('The answer has no Date header, so the clocks cannot be compared.'), value: true };
  }
  const aheadSeconds = Math.round((now.getTime() - serverTime) / 1000);
  const skewSeconds = Math.abs(aheadSeconds);
  if (skewSeconds <= skewToleranceSeconds) {
    return { finding: passed(`The clock here agrees with the server's to ${inSeconds(skewSeconds)}.`), value: true };
  }
  if (aheadSeconds > 0) {
    const detail = `The clock here is ${inSeconds(skewSeconds)} ahead of the server's: the server may refuse an assertion that seems to live too long.`;
    return { finding: warning(detail, [setClock]), value: true };
  }
  const behind = `The clock here is ${inSeconds(skewSeconds)} behind the server's`;
  if (skewSeconds >= lifetimeSeconds) {
    const detail = `${behind}: an assertion that lives ${inSeconds(lifetimeSeconds)} has expired when it arrives.`;
    return { finding: failed(detail, [setClock]) };
  }
  const detail = `${behind}: only ${inSeconds(lifetimeSeconds - skewSeconds)} remain of an assertion.`;
  return { finding: warning(detail, [setClock]), value: true };
}

const inSeconds = (seconds: number): string => (seconds === 1 ? '1 second' : `${seconds} seconds`);
