import type { Route } from '../http.js';
import { identity, revoke, userInfo } from './identity.js';
import { singleAccess } from './single-access.js';
import { tokenEndpoint, tokenWithoutPost } from './token.js';

const singleAccessPath = /^\/services\/oauth2\/singleaccess\/?$/;
const token = /^\/services\/oauth2\/token\/?$/;

/** The OAuth endpoints of a local org. */
export const oauthRoutes: readonly Route[] = [
  { method: 'POST', pattern: token, handler: tokenEndpoint, session: 'none' },
  { method: 'GET', pattern: token, handler: tokenWithoutPost, session: 'none' },
  { method: 'GET', pattern: /^\/services\/oauth2\/userinfo\/?$/, handler: userInfo, session: 'none' },
  { method: 'POST', pattern: /^\/services\/oauth2\/userinfo\/?$/, handler: userInfo, session: 'none' },
  { method: 'POST', pattern: /^\/services\/oauth2\/revoke\/?$/, handler: revoke, session: 'none' },
  { method: 'GET', pattern: /^\/services\/oauth2\/revoke\/?$/, handler: revoke, session: 'none' },
  { method: 'GET', pattern: singleAccessPath, handler: singleAccess, session: 'none' },
  { method: 'POST', pattern: singleAccessPath, handler: singleAccess, session: 'none' },
  { method: 'GET', pattern: /^\/id\/(?<orgId>\w+)\/(?<userId>\w+)\/?$/, handler: identity, session: 'none' },
];
