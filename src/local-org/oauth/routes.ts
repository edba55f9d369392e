import type { Route } from '../http.js';
import type { LocalOrg } from '../model.js';
import { identity, revoke, userInfo } from './identity.js';
import { tokenEndpoint, tokenWithoutPost } from './token.js';

const token = /^\/services\/oauth2\/token\/?$/;

/** The OAuth endpoints of a local org. */
export function oauthRoutes(orgsOfProcess: () => readonly LocalOrg[]): readonly Route[] {
  return [
    { method: 'POST', pattern: token, handler: tokenEndpoint(orgsOfProcess), session: 'none' },
    { method: 'GET', pattern: token, handler: tokenWithoutPost, session: 'none' },
    { method: 'GET', pattern: /^\/services\/oauth2\/userinfo\/?$/, handler: userInfo, session: 'none' },
    { method: 'POST', pattern: /^\/services\/oauth2\/userinfo\/?$/, handler: userInfo, session: 'none' },
    { method: 'POST', pattern: /^\/services\/oauth2\/revoke\/?$/, handler: revoke, session: 'none' },
    { method: 'GET', pattern: /^\/services\/oauth2\/revoke\/?$/, handler: revoke, session: 'none' },
    { method: 'GET', pattern: /^\/id\/(?<orgId>\w+)\/(?<userId>\w+)\/?$/, handler: identity, session: 'none' },
  ];
}
