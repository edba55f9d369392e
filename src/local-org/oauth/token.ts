import { json, type LocalRequest, type LocalResponse, type RouteHandler } from '../http.js';
import type { LocalOrg } from '../model.js';
import { startSession } from '../sessions.js';
import { refuse } from './refusals.js';

const jwtBearerGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** `POST /services/oauth2/token`: swaps an assertion for an access token. No refresh token is ever given. */
export const tokenEndpoint: RouteHandler = async (request, org) => {
  const form = formOf(request);
  if (form.get('grant_type') !== jwtBearerGrant) return refuse('grantTypeUnsupported');
  const compact = form.get('assertion');
  if (!compact) return refuse('assertionMissing');
  // Loaded when first needed: XML and JWT libraries would double the time that a local org takes to start.
  const { judgeAssertion } = await import('./jwt-bearer.js');
  const grant = await judgeAssertion(org, compact);
  return grant.kind === 'refused' ? refuse(grant.reason) : issue(org, grant.user.Id, grant.scope);
};

/** Any other method at the token endpoint. */
export const tokenWithoutPost: RouteHandler = () => Promise.resolve(refuse('notPost'));

function issue(org: LocalOrg, userId: string, scope: string): LocalResponse {
  const token = {
    access_token: startSession(org, userId, scope),
    scope,
    instance_url: org.instanceUrl,
    id: `${org.instanceUrl}/id/${org.id}/${userId}`,
    token_type: 'Bearer',
  };
  return json(200, token, { 'cache-control': 'no-store', pragma: 'no-cache' });
}

function formOf({ body }: LocalRequest): URLSearchParams {
  return new URLSearchParams(body.toString('utf8'));
}
