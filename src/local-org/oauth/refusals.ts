import { json, type LocalResponse } from '../http.js';

type Refusal = {
  readonly error: string;
  readonly description: string;
  /** Salesforce Help says so, people who met it report it so, or it is our guess. */
  readonly evidence: 'documented' | 'field' | 'assumed';
};

/** Every answer of the token endpoint that is not a token, all with HTTP 400. */
export const refusals = {
  notPost: { error: 'invalid_request', description: 'must use HTTP POST', evidence: 'assumed' },
  assertionMissing: {
    error: 'invalid_request',
    description: 'missing required parameter: assertion',
    evidence: 'assumed',
  },
  grantTypeUnsupported: {
    error: 'unsupported_grant_type',
    description: 'grant type not supported',
    evidence: 'documented',
  },
  assertionInvalid: { error: 'invalid_grant', description: 'invalid assertion', evidence: 'field' },
  /** External Client Apps say this where a Connected App says "invalid assertion". */
  signatureWrong: { error: 'invalid_client', description: 'invalid client credentials', evidence: 'field' },
  clientUnknown: { error: 'invalid_client_id', description: 'client identifier invalid', evidence: 'field' },
  appElsewhere: {
    error: 'app_not_found',
    description: 'External client app is not installed in this org',
    evidence: 'field',
  },
  /** Seen from the browser flows; that this endpoint answers alike is a guess. */
  appBlocked: { error: 'OAUTH_APP_BLOCKED', description: 'this app is blocked by admin', evidence: 'assumed' },
  audienceWrong: { error: 'invalid_grant', description: 'audience is invalid', evidence: 'documented' },
  expired: { error: 'invalid_grant', description: 'expired authorization code', evidence: 'field' },
  notApproved: { error: 'invalid_grant', description: "user hasn't approved this consumer", evidence: 'field' },
  notAdminApproved: {
    error: 'invalid_app_access',
    description: 'user is not admin approved to access this app',
    evidence: 'field',
  },
  userInactive: { error: 'inactive_user', description: 'user is inactive', evidence: 'documented' },
  refreshTokenScopeMissing: {
    error: 'invalid_request',
    description: 'refresh_token scope is required and the connected app should be installed and preauthorized.',
    evidence: 'field',
  },
  scopesMissing: { error: 'invalid_scope', description: 'the requested scope is not allowed', evidence: 'assumed' },
} as const satisfies Record<string, Refusal>;

export type RefusalName = keyof typeof refusals;

/** A refusal as the token endpoint sends it (RFC 6749 section 5.2). */
export function refuse(name: RefusalName): LocalResponse {
  const { error, description } = refusals[name];
  return json(400, { error, error_description: description }, { 'cache-control': 'no-store' });
}
