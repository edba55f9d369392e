import type { Route, RouteHandler } from '../http.js';
import { approveApp } from './approve-app.js';
import { discover } from './discovery.js';
import { identity, userInfo } from './identity.js';
import { introspect } from './introspect.js';
import { revoke } from './revoke.js';
import { singleAccess } from './single-access.js';
import { tokenEndpoint, withoutPost } from './token.js';

const token = /^\/services\/oauth2\/token\/?$/;
const introspection = /^\/services\/oauth2\/introspect\/?$/;
const identityUrl = /^\/id\/(?<orgId>\w+)\/(?<userId>\w+)\/?$/;
const otherMethods = ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Loaded when first needed: what makes key pairs takes long to load. */
const publishKeys: RouteHandler = async (request, org) => (await import('./token-keys.js')).publishKeys(request, org);

/** The OAuth endpoints of a local org. */
export const oauthRoutes: readonly Route[] = [
  ...route(['POST'], token, tokenEndpoint),
  ...route(otherMethods, token, withoutPost),
  ...route(['POST'], introspection, introspect),
  ...route(otherMethods, introspection, withoutPost),
  ...route(['GET', 'POST'], /^\/services\/oauth2\/userinfo\/?$/, userInfo),
  ...route(['GET', 'POST'], /^\/services\/oauth2\/revoke\/?$/, revoke),
  ...route(['GET', 'POST'], /^\/services\/oauth2\/singleaccess\/?$/, singleAccess),
  ...route(['GET', 'POST'], identityUrl, identity),
  ...route(['GET'], /^\/id\/keys\/?$/, publishKeys),
  ...route(['GET'], /^\/\.well-known\/openid-configuration\/?$/, discover),
  { method: 'POST', pattern: /^\/_local\/oauth-approvals\/?$/, handler: approveApp, session: 'bearer' },
];

function route(methods: readonly string[], pattern: RegExp, handler: RouteHandler): readonly Route[] {
  return methods.map((method) => ({ method, pattern, handler, session: 'none' }));
}
