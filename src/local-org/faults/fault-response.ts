import { json, restError, type LocalResponse } from '../http.js';
import { isFields } from '../rest/body.js';
import type { FaultName } from './fault-rule.js';
import { oauthError, soapFault } from '../server-fault.js';
import { isSoap } from './operations.js';

/** Faults that an org puts in place of its answer. */
export type AnsweredFault = Exclude<FaultName, 'reset' | 'truncated' | 'slow'>;

export type FaultyRequest = { readonly path: string; readonly query: URLSearchParams; readonly body: Buffer };

type Refusal = {
  readonly status: number;
  readonly soapStatus: number;
  readonly code: string;
  readonly message: string;
  /** Where the SOAP API words it in another way. */
  readonly soapMessage?: string;
};

const refusals = {
  // Assumption: a SOAP fault of an instance that is too busy comes with this status too, not with 500 as others do.
  '503': { status: 503, soapStatus: 503, code: 'SERVER_UNAVAILABLE', message: 'Server too busy' },
  'expired-session': {
    status: 401,
    soapStatus: 500,
    code: 'INVALID_SESSION_ID',
    message: 'Session expired or invalid',
    soapMessage: 'Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session key',
  },
  'api-limit': {
    status: 403,
    soapStatus: 500,
    code: 'REQUEST_LIMIT_EXCEEDED',
    message: 'TotalRequests Limit exceeded.',
  },
  'lock-row': {
    status: 400,
    soapStatus: 500,
    code: 'UNABLE_TO_LOCK_ROW',
    message: 'unable to obtain exclusive access to this record',
  },
} as const satisfies Partial<Record<FaultName, Refusal>>;

/** The answer of a fault in the form of the API that was asked: an error of REST, a SOAP fault, an error of OAuth. */
export async function faultResponse(fault: AnsweredFault, request: FaultyRequest): Promise<LocalResponse> {
  if (fault === 'maintenance') return maintenancePage();
  if (fault === 'login-rate') return oauthError(400, 'rate_limit_exceeded', 'number of logins exceeded');
  const { path } = request;
  const { status, soapStatus, code, message, soapMessage = message }: Refusal = refusals[fault];
  if (isSoap(path)) return soapFault(soapStatus, code, soapMessage);
  if (fault === 'lock-row') return lockedRows(request);
  if (fault === 'expired-session' && !path.startsWith('/services/data') && !path.startsWith('/_local')) {
    return { status: 403, headers: { 'content-type': 'text/html;charset=UTF-8' }, body: 'Bad_OAuth_Token' };
  }
  if (path.startsWith('/services/oauth2/')) return oauthError(status, 'unknown_error', 'retry your request');
  return restError(status, code, message);
}

/** Every API answers with this page while an instance is down. Its texts are Salesforce's, its markup is not. */
function maintenancePage(): LocalResponse {
  const texts = "<b>We are down for maintenance.</b><br><br>Sorry for the inconvenience. We'll be back shortly.";
  const body = `<html>\n<body>\n<center><table><tr><td>${texts}</td></tr></table></center>\n</body>\n</html>\n`;
  return { status: 503, headers: { 'content-type': 'text/html;charset=UTF-8' }, body };
}

/** A request for one record is refused; one for several has a result for each of them. */
function lockedRows({ path, query, body }: FaultyRequest): LocalResponse {
  const { status, code, message } = refusals['lock-row'];
  const id = /\/sobjects\/\w+\/(\w{15,18})$/.exec(path)?.[1];
  const text = id === undefined ? message : `${message} or 1 records: ${id}`;
  if (!/\/composite\/sobjects\/?$/.test(path)) return restError(status, code, text);
  const error = { statusCode: code, message, fields: [] };
  return json(
    200,
    recordsOf(query, body).map(() => ({ success: false, errors: [error] })),
  );
}

function recordsOf(query: URLSearchParams, body: Buffer): readonly unknown[] {
  const ids = query.get('ids');
  if (ids !== null) return ids.split(',');
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isFields(value) && Array.isArray(value['records']) ? value['records'] : [];
  } catch {
    return [];
  }
}
