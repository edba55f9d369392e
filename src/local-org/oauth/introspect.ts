import type { App } from '../apps.js';
import { json, type LocalRequest, type RouteHandler } from '../http.js';
import type { LocalOrg, Session } from '../model.js';
import { endOfSession, peekSession } from '../sessions.js';
import { parametersOf, type Parameters } from './form.js';
import { refuse } from './refusals.js';

/**
 * `POST /services/oauth2/introspect` (RFC 7662; Salesforce Help: OpenID Connect token introspection). An app may look at its
 * own tokens, and at all of the org where it is told to introspect all; other tokens are not active to it.
 */
export const introspect: RouteHandler = async (request, org) => {
  const parameters = parametersOf(request);
  if (!parameters) return refuse('parameterRepeated');
  const app = await clientOf(org, request, parameters);
  if (!app) return refuse('clientCredentialsWrong');
  const token = parameters.get('token');
  if (token === undefined) return refuse('tokenMissing');
  const session = peekSession(org, token);
  const mayKnow = session !== undefined && (app.introspectsAll || session.clientId === app.consumerKey);
  return json(200, mayKnow ? describe(org, session) : { active: false }, { 'cache-control': 'no-store' });
};

/** The app whose key and secret the request has, in its Basic header or its form. */
async function clientOf(org: LocalOrg, request: LocalRequest, parameters: Parameters): Promise<App | undefined> {
  const [id, secret] = basicCredentials(request.headers.authorization) ?? [
    parameters.get('client_id'),
    parameters.get('client_secret'),
  ];
  if (id === undefined || secret === undefined) return undefined;
  const { findApp } = await import('../apps.js');
  const app = findApp(org, id);
  return app?.consumerSecret === secret ? app : undefined;
}

/** Key and secret are form-encoded before they are put together (RFC 6749 section 2.3.1). */
function basicCredentials(header = ''): readonly [string, string] | undefined {
  const encoded = /^Basic\s+([\w+/=-]+)\s*$/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return [formDecoded(id), formDecoded(rest.join(':'))];
}

function formDecoded(text: string): string {
  return new URLSearchParams(`value=${text.replaceAll('&', '%26')}`).get('value') ?? '';
}

/** Members as in Salesforce's Postman collection; moments in seconds. */
function describe(org: LocalOrg, session: Session): Readonly<Record<string, unknown>> {
  const startedAt = Math.floor((session.startedAt ?? session.issuedAt) / 1000);
  return {
    active: true,
    scope: session.scope,
    client_id: session.clientId,
    username: org.records.get('User', session.userId)?.['Username'],
    sub: `${org.instanceUrl}/id/${org.id}/${session.userId}`,
    token_type: 'access_token',
    exp: Math.floor(endOfSession(session) / 1000),
    iat: startedAt,
    nbf: startedAt,
  };
}
