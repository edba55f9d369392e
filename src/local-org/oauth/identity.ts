import { json, type LocalRequest, type LocalResponse, type RouteHandler } from '../http.js';
import type { LocalOrg, SObjectRecord } from '../model.js';
import { newestApiVersion } from '../rest/versions.js';
import { bearerToken, findSession } from '../sessions.js';
import { isSameId } from '../store/ids.js';
import { parametersOf } from './form.js';

/** These two resources refuse in plain text, not in the form of the REST API. */
type Fault = 'Missing_OAuth_Token' | 'Bad_OAuth_Token' | 'Wrong_Org' | 'Bad_Id' | 'No_Access' | 'Invalid_Version';

/**
 * `GET /services/oauth2/userinfo` (OpenID Connect Core section 5.3). Salesforce asks for a scope like `openid` or `id` here;
 * which others open it as well is not documented, so a local org takes any.
 */
export const userInfo: RouteHandler = (request, org) => {
  const user = userOf(request, org);
  return Promise.resolve(typeof user === 'string' ? refuse(403, user) : json(200, userInfoOf(org, user)));
};

/**
 * `GET` or `POST /id/<org>/<user>`: the identity URL that comes with each token (Salesforce Help: identity URLs). `format` is
 * `json` or `xml`; `version` fills the API version into the URLs.
 */
export const identity: RouteHandler = async (request, org) => {
  const user = userOf(request, org);
  if (typeof user === 'string') return refuse(403, user);
  const { orgId = '', userId = '' } = request.params;
  if (!isSameId(orgId, org.id)) return refuse(403, 'Wrong_Org');
  if (!org.records.get('User', userId)) return refuse(404, 'Bad_Id');
  if (!isSameId(userId, user.Id)) return refuse(404, 'No_Access');
  const version = apiVersion(parametersOf(request)?.get('version'));
  if (version === null) return refuse(406, 'Invalid_Version');
  const described = identityOf(org, user, version);
  return wantsXml(request) ? await xml(described) : json(200, described);
};

function userInfoOf(org: LocalOrg, user: SObjectRecord): Readonly<Record<string, unknown>> {
  return {
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
  };
}

function identityOf(org: LocalOrg, user: SObjectRecord, version?: string): Readonly<Record<string, unknown>> {
  return {
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
    urls: urlsOf(org, version),
  };
}

/** The user of the token, which stands in the header or, for scripts, in `oauth_token`. */
function userOf(request: LocalRequest, org: LocalOrg): SObjectRecord | Fault {
  const token = bearerToken(request.headers.authorization) ?? parametersOf(request)?.get('oauth_token');
  if (token === undefined && !request.headers.authorization) return 'Missing_OAuth_Token';
  const session = findSession(org, token);
  return (session && org.records.get('User', session.userId)) ?? 'Bad_OAuth_Token';
}

function refuse(status: number, fault: Fault): LocalResponse {
  return { status, headers: { 'content-type': 'text/html;charset=UTF-8' }, body: fault };
}

/** Undefined where none is asked for, null for one that is none. */
function apiVersion(wanted: string | undefined): string | null | undefined {
  if (wanted === undefined) return undefined;
  if (wanted.toLowerCase() === 'latest') return `${newestApiVersion}.0`;
  return /^\d{2,3}\.0$/.test(wanted) && Number(wanted) <= newestApiVersion ? wanted : null;
}

/** Without a version, `{version}` stays as it is: clients put the API version in its place. */
function urlsOf({ instanceUrl, id }: LocalOrg, version = '{version}'): Readonly<Record<string, string>> {
  return {
    rest: `${instanceUrl}/services/data/v${version}/`,
    sobjects: `${instanceUrl}/services/data/v${version}/sobjects/`,
    query: `${instanceUrl}/services/data/v${version}/query/`,
    metadata: `${instanceUrl}/services/Soap/m/${version}/${id.slice(0, 15)}`,
    tooling_rest: `${instanceUrl}/services/data/v${version}/tooling/`,
  };
}

function wantsXml(request: LocalRequest): boolean {
  const format = parametersOf(request)?.get('format')?.toLowerCase();
  if (format !== undefined) return format === 'xml';
  return /^(?:application|text)\/xml\b/i.test(request.headers.accept ?? '');
}

/** Loaded when first needed, which is seldom. */
async function xml(described: Readonly<Record<string, unknown>>): Promise<LocalResponse> {
  const { escapeXml } = await import('../metadata/xml/render-xml.js');
  const rendered = (value: unknown): string => {
    if (typeof value === 'object' && value !== null) return elements(Object.entries(value));
    return typeof value === 'string' || typeof value === 'boolean' ? escapeXml(String(value)) : '';
  };
  const elements = (entries: readonly (readonly [string, unknown])[]): string =>
    entries.map(([name, value]) => `<${name}>${rendered(value)}</${name}>`).join('');
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<user>${rendered(described)}</user>`;
  return { status: 200, headers: { 'content-type': 'application/xml;charset=UTF-8' }, body };
}
