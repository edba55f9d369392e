import type { Grade } from '../evidence/behaviour.js';
import { json, type LocalResponse } from '../http.js';

type Refusal = {
  readonly error: string;
  readonly description: string;
  /** 400 where it is not given (RFC 6749 section 5.2). */
  readonly status?: number;
  /** How sure we are of error and text together. */
  readonly evidence: Grade;
  /** Where they stand or were seen; for an assumption, why we think so. */
  readonly source: string;
};

/** Every answer of the token endpoint and of the introspection endpoint that is a refusal. */
export const refusals = {
  notPost: {
    error: 'invalid_request',
    description: 'must use HTTP POST',
    evidence: 'seen',
    source: 'amazon-connect/amazon-connect-salesforce-cti#43: a redirect had turned the POST into a GET',
  },
  parameterRepeated: {
    error: 'invalid_request',
    description: 'a parameter is included more than once',
    evidence: 'assumed',
    source: 'RFC 6749 section 3.2 forbids it; what Salesforce does is not known',
  },
  assertionMissing: {
    error: 'invalid_request',
    description: 'missing required parameter: assertion',
    evidence: 'assumed',
    source: 'RFC 6749 section 5.2 for the error; the words are ours',
  },
  tokenMissing: {
    error: 'invalid_request',
    description: 'missing required parameter: token',
    evidence: 'assumed',
    source: 'trufflesecurity/trufflehog (Salesforce refresh token detector) expects HTTP 400; the words are ours',
  },
  grantTypeUnsupported: {
    error: 'unsupported_grant_type',
    description: 'grant type not supported',
    evidence: 'documented',
    source: 'Salesforce Help, OAuth 2.0 flow errors',
  },
  assertionInvalid: {
    error: 'invalid_grant',
    description: 'invalid assertion',
    evidence: 'seen',
    source: 'frankkessler/salesforce-laravel-oauth2-rest#68 and many more',
  },
  /** External Client Apps say this where a Connected App says "invalid assertion". */
  signatureWrong: {
    error: 'invalid_client',
    description: 'invalid client credentials',
    evidence: 'assumed',
    source:
      'The words of orgs for client credentials that are wrong; that External Client Apps get them here is known second-hand',
  },
  clientCredentialsWrong: {
    error: 'invalid_client',
    description: 'invalid client credentials',
    status: 401,
    evidence: 'seen',
    source:
      'trufflesecurity/trufflehog (Salesforce refresh token detector) for HTTP 401; the words are those of the token endpoint',
  },
  clientUnknown: {
    error: 'invalid_client_id',
    description: 'client identifier invalid',
    evidence: 'seen',
    source: 'omniphx/forrest#184; arthurimirzian/salesforce-jwt-bearer-token-flow#4',
  },
  appElsewhere: {
    error: 'app_not_found',
    description: 'External client app is not installed in this org',
    evidence: 'seen',
    source: 'n8n-io/n8n#28990, forcedotcom/cli#3482',
  },
  appBlocked: {
    error: 'OAUTH_APP_BLOCKED',
    description: 'this app is blocked by admin',
    evidence: 'assumed',
    source: 'Seen in the browser flows; that the token endpoint answers alike is a guess',
  },
  audienceWrong: {
    error: 'invalid_grant',
    description: 'audience is invalid',
    evidence: 'seen',
    source: 'forcedotcom/cli#3325; the example of Salesforce Help has "Audience validation failed"',
  },
  expired: {
    error: 'invalid_grant',
    description: 'expired authorization code',
    evidence: 'seen',
    source: 'salesforce.stackexchange.com/questions/282513',
  },
  notApproved: {
    error: 'invalid_grant',
    description: "user hasn't approved this consumer",
    evidence: 'seen',
    source: 'forcedotcom/cli#1028',
  },
  notAdminApproved: {
    error: 'invalid_app_access',
    description: 'user is not admin approved to access this app',
    evidence: 'seen',
    source: 'forcedotcom/cli#3260',
  },
  userInactive: {
    error: 'inactive_user',
    description: 'user is inactive',
    evidence: 'documented',
    source: 'Salesforce Help, OAuth 2.0 flow errors',
  },
  orgInactive: {
    error: 'inactive_org',
    description: 'organization is inactive or locked',
    evidence: 'assumed',
    source: 'Salesforce Help, OAuth 2.0 flow errors, for the error; the words are ours',
  },
  userLocked: {
    error: 'invalid_grant',
    description: 'user is locked',
    evidence: 'assumed',
    source: 'Second-hand lists of errors; that a frozen user is refused in the same words is a guess',
  },
  addressOrHourRefused: {
    error: 'invalid_grant',
    description: 'ip restricted or invalid login hours',
    evidence: 'assumed',
    source: 'forceworkbench/forceworkbench#772 has `ip restricted` alone; login hours are known second-hand',
  },
  assuranceTooLow: {
    error: 'invalid_grant',
    description: 'authentication failure',
    evidence: 'assumed',
    source: 'Second-hand lists of errors: the flow has no second step, so that it cannot raise its session level',
  },
  loginRateExceeded: {
    error: 'rate_limit_exceeded',
    description: 'number of logins exceeded',
    evidence: 'documented',
    source: 'Salesforce Help, OAuth 2.0 flow errors; article 000381578 for 3,600 logins in an hour',
  },
  refreshTokenScopeMissing: {
    error: 'invalid_request',
    description: 'refresh_token scope is required and the connected app should be installed and preauthorized.',
    evidence: 'seen',
    source: 'leandrob/node-salesforce-jwt#3',
  },
  scopesMissing: {
    error: 'invalid_scope',
    description: 'the requested scope is not allowed',
    evidence: 'assumed',
    source: 'Salesforce Help asks for one more scope than refresh_token; the words are ours',
  },
  scopeUnknown: {
    error: 'invalid_scope',
    description: 'the requested scope is invalid, unknown, or malformed',
    evidence: 'assumed',
    source: 'RFC 6749 section 5.2; second-hand lists of errors have the first four words',
  },
} as const satisfies Record<string, Refusal>;

export type RefusalName = keyof typeof refusals;

/** A refusal as these endpoints send it (RFC 6749 section 5.2). */
export function refuse(name: RefusalName): LocalResponse {
  const { error, description, status = 400 }: Refusal = refusals[name];
  return json(status, { error, error_description: description }, { 'cache-control': 'no-store' });
}
