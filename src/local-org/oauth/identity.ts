import { json, type LocalRequest, type LocalResponse, type RouteHandler } from '../http.js';
import type { LocalOrg, SObjectRecord } from '../model.js';
import { bearerToken, findSession } from '../sessions.js';
import { isSameId } from '../store/ids.js';

/**
 * `GET /services/oauth2/userinfo` (OpenID Connect Core section 5.3). Salesforce asks for a scope like `openid` or `id` here;
 * which others open it as well is not documented, so a local org takes any.
 */
export const userInfo: RouteHandler = (request, org) => {
  const user = userOf(request, org);
  if (!user) return Promise.resolve(badToken());
  return Promise.resolve(
    json(200, {
      sub: `${org.instanceUrl}/id/${org.id}/${user.Id}`,
      user_id: user.Id,
      organization_id: org.id,
      preferred_username: user['Username'],
      nickname: user['Alias'],
      name: user['Name'],
      email: user['Email'],
      given_name: user['FirstName'],
      family_name: user['LastName'],
      zoneinfo: user['TimeZoneSidKey'],
      active: user['IsActive'],
      user_type: 'STANDARD',
      language: user['LanguageLocaleKey'],
      locale: user['LocaleSidKey'],
      urls: urlsOf(org),
    }),
  );
};

/** `GET /id/<org>/<user>`: the identity URL that comes with each token. */
export const identity: RouteHandler = (request, org) => {
  const user = userOf(request, org);
  if (!user) return Promise.resolve(badToken());
  const { orgId = '', userId = '' } = request.params;
  if (!isSameId(orgId, org.id) || !isSameId(userId, user.Id)) return Promise.resolve(text(404, 'Bad_Id'));
  return Promise.resolve(
    json(200, {
      id: `${org.instanceUrl}/id/${org.id}/${user.Id}`,
      asserted_user: true,
      user_id: user.Id,
      organization_id: org.id,
      username: user['Username'],
      nick_name: user['Alias'],
      display_name: user['Name'],
      email: user['Email'],
      first_name: user['FirstName'],
      last_name: user['LastName'],
      timezone: user['TimeZoneSidKey'],
      active: user['IsActive'],
      user_type: 'STANDARD',
      language: user['LanguageLocaleKey'],
      locale: user['LocaleSidKey'],
      urls: urlsOf(org),
    }),
  );
};

/** `POST` or `GET /services/oauth2/revoke` (RFC 7009): ends a session. */
export const revoke: RouteHandler = ({ body, query }, org) => {
  const token = new URLSearchParams(body.toString('utf8')).get('token') ?? query.get('token') ?? '';
  if (org.sessions.delete(token)) return Promise.resolve({ status: 200, body: '' });
  const refusal = { error: 'unsupported_token_type', error_description: 'this token type is not supported' };
  return Promise.resolve(json(400, refusal));
};

function userOf({ headers }: LocalRequest, org: LocalOrg): SObjectRecord | undefined {
  const session = findSession(org, bearerToken(headers.authorization));
  return session && org.records.get('User', session.userId);
}

/** These two resources refuse in plain text, not in the form of the REST API. */
function badToken(): LocalResponse {
  return text(403, 'Bad_OAuth_Token');
}

function text(status: number, body: string): LocalResponse {
  return { status, headers: { 'content-type': 'text/html;charset=UTF-8' }, body };
}

/** `{version}` stays as it is: clients put the API version in its place. */
function urlsOf({ instanceUrl, id }: LocalOrg): Readonly<Record<string, string>> {
  return {
    rest: `${instanceUrl}/services/data/v{version}/`,
    sobjects: `${instanceUrl}/services/data/v{version}/sobjects/`,
    query: `${instanceUrl}/services/data/v{version}/query/`,
    metadata: `${instanceUrl}/services/Soap/m/{version}/${id.slice(0, 15)}`,
    tooling_rest: `${instanceUrl}/services/data/v{version}/tooling/`,
  };
}
