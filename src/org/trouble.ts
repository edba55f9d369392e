import type { ErrorKey } from '../errors.js';

/** What keeps an org from answering that has nothing to do with what was asked, nor with what the user may do. */
export type Trouble = Extract<
  ErrorKey,
  'loginRateReached' | 'orgUnavailable' | 'requestLimitReached' | 'recordLocked' | 'loginEnded'
>;

/**
 * How orgs, and the libraries that speak to them, word it. A login that cannot be renewed has its reason in its words, so
 * that loginEnded comes last.
 *
 * Sources: Salesforce Help, "OAuth 2.0 Error Codes" (rate_limit_exceeded) and "Login History" (Login Rate Exceeded); SOAP API
 * Developer Guide, StatusCode and ExceptionCode; REST API Developer Guide, status codes (503); restforce#156 ("Server too
 * busy"), Force.com-Toolkit-for-NET#160 (the page of an instance that is down). jsforce writes ERROR_HTTP_503 and "HTTP status
 * code: 503" for answers without a code, and "Unable to refresh session"; `@salesforce/core` passes on why.
 */
const wordings: readonly { readonly trouble: Trouble; readonly pattern: RegExp }[] = [
  {
    trouble: 'loginRateReached',
    pattern: /rate_limit_exceeded|LOGIN_RATE_EXCEEDED|number of logins exceeded|login rate exceeded/i,
  },
  {
    trouble: 'orgUnavailable',
    pattern:
      /SERVER_UNAVAILABLE|Server too busy|ERROR_HTTP_50[234]|HTTP status code: 50[234]|down for maintenance|Service Unavailable/i,
  },
  { trouble: 'requestLimitReached', pattern: /REQUEST_LIMIT_EXCEEDED/ },
  { trouble: 'recordLocked', pattern: /UNABLE_TO_LOCK_ROW|unable to obtain exclusive access to this record/i },
  {
    trouble: 'loginEnded',
    pattern: /INVALID_SESSION_ID|Bad_OAuth_Token|Unable to refresh session|expired access\/refresh token/i,
  },
];

/** The trouble that an org is in, where its words tell of one. */
export function troubleIn(text: string): Trouble | undefined {
  return wordings.find(({ pattern }) => pattern.test(text))?.trouble;
}
