import { json, type RouteHandler } from '../http.js';
import { parametersOf } from './form.js';
import { refuse } from './refusals.js';

const jwtBearerGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** `POST /services/oauth2/token`: exchanges an assertion for an access token. No refresh token is ever given. */
export const tokenEndpoint: RouteHandler = async (request, org) => {
  const parameters = parametersOf(request);
  if (!parameters) return refuse('parameterRepeated');
  if (parameters.get('grant_type') !== jwtBearerGrant) return refuse('grantTypeUnsupported');
  const compact = parameters.get('assertion');
  if (compact === undefined) return refuse('assertionMissing');
  // Loaded when first needed: XML and JWT libraries would double the time that a local org takes to start.
  const { judgeAssertion } = await import('./jwt-bearer.js');
  const { remoteAddress } = request;
  const grant = await judgeAssertion(org, { compact, scope: parameters.get('scope'), remoteAddress });
  if (grant.kind === 'refused') return refuse(grant.reason);
  const { issueToken } = await import('./access-token.js');
  return json(200, await issueToken(org, grant), { 'cache-control': 'no-store', pragma: 'no-cache' });
};

/** Any other method at an endpoint that takes POST only. */
export const withoutPost: RouteHandler = () => Promise.resolve(refuse('notPost'));
