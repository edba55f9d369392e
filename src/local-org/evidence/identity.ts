import type { EvidenceArea } from './behaviour.js';

/** OAuth endpoints besides the token endpoint. */
export const identityEvidence: EvidenceArea = {
  title: 'Identity, introspection and revocation',
  behaviours: [
    {
      does: 'Answers `userinfo` with the claims of OpenID Connect and those of Salesforce: `user_id`, `organization_id`, `preferred_username`, `urls`.',
      grade: 'documented',
      source: 'OpenID Connect Core section 5.3; Salesforce Help, the UserInfo endpoint',
    },
    {
      does: 'Answers `userinfo` for a token of any scope.',
      grade: 'assumed',
      source:
        'Salesforce Help asks for a scope like `openid`; which others open the endpoint as well is not documented',
    },
    {
      does: 'Answers `userinfo`, the identity URL and `singleaccess` with HTTP 403 and plain text where the token is no live session.',
      says: ['Bad_OAuth_Token'],
      grade: 'seen',
      source: 'jsforce/jsforce#736, forcedotcom/SalesforceMobileSDK-iOS#3398, ForceCLI/force#49',
    },
    {
      does: 'Answers `userinfo` and the identity URL with HTTP 403 and plain text where there is no token.',
      says: ['Missing_OAuth_Token'],
      grade: 'seen',
      source: 'richardvanhook/omniauth-salesforce#13',
    },
    {
      does: 'Answers an identity URL of another org with HTTP 403, of no user of the org with HTTP 404, and of another user with HTTP 404, all in plain text.',
      says: ['Wrong_Org', 'Bad_Id', 'No_Access'],
      grade: 'assumed',
      source: 'Salesforce Help, identity URLs, has these codes; which is for which fault was not read anew',
    },
    {
      does: 'Answers the parameter `version` that is no API version with HTTP 406 and plain text.',
      says: ['Invalid_Version'],
      grade: 'assumed',
      source: 'Salesforce Help, identity URLs, has this code; the page was not read anew',
    },
    {
      does: 'Answers an identity URL in JSON, and in XML for `format=xml` or a header `Accept` of XML; `version` fills an API version into its `urls`.',
      grade: 'documented',
      source: 'Salesforce Help, identity URLs',
    },
    {
      does: 'Takes the token of an identity URL in the parameter `oauth_token`, too.',
      grade: 'documented',
      source: 'Salesforce Help, identity URLs',
    },
    {
      does: 'Leaves `{version}` in the `urls` of an identity, for clients to fill in.',
      grade: 'documented',
      source: 'Salesforce Help, identity URLs',
    },
    {
      does: 'Ends a session on `revoke`, by POST or GET.',
      grade: 'documented',
      source: 'RFC 7009; Salesforce Help, revoke OAuth tokens',
    },
    {
      does: 'Answers `revoke` with HTTP 400 and `unsupported_token_type` for what does not look like a token of an org, and for none.',
      says: ['this token type is not supported'],
      grade: 'assumed',
      source: 'Salesforce Help, revoke OAuth tokens, has the code; which fault it is for is not documented',
    },
    {
      does: 'Answers `revoke` with HTTP 400 and `invalid_token` for a token that has ended, was revoked, or is of another org.',
      says: ['token is invalid'],
      grade: 'assumed',
      source: 'Salesforce Help, revoke OAuth tokens, has the code; which fault it is for is not documented',
    },
    {
      does: 'Answers `revoke` with a script where `callback` names a function.',
      grade: 'documented',
      source: 'developer.salesforce.com, Revoking OAuth 2.0 access tokens and refresh tokens',
    },
    {
      does: 'Revokes JWTs, too, at once.',
      grade: 'documented',
      source: 'Salesforce Help, revoke OAuth tokens (xcloud.remoteaccess_revoke_token)',
    },
    {
      does: 'Introspects for apps that send their consumer key and secret, in the form or in a Basic header.',
      grade: 'documented',
      source: 'RFC 7662; Salesforce Help, OpenID Connect token introspection',
    },
    {
      does: 'Knows the secret of an app only where it was deployed with a `consumerSecret`.',
      grade: 'own',
      source: 'Orgs make one for each app, and show it in Setup',
    },
    {
      does: 'Tells of an active token `scope`, `client_id`, `username`, `sub`, `token_type`, `exp`, `iat` and `nbf`.',
      grade: 'documented',
      source: 'Salesforce’s Postman collection, OpenID Connect token introspection endpoint',
    },
    {
      does: 'Answers `{"active": false}` for a token that is none, has ended or is of another app, unless the app has `isIntrospectAllTokens`.',
      grade: 'documented',
      source:
        'RFC 7662 section 2.2; Salesforce Help, OpenID Connect token introspection; salesforce.stackexchange.com/questions/305477',
    },
    {
      does: 'Publishes at `/id/keys` the keys of its JWTs.',
      grade: 'documented',
      source: 'RFC 7517; Salesforce Help, JWT-based access tokens',
    },
    {
      does: 'Answers `/.well-known/openid-configuration` with the members that Salesforce has, its own origin as issuer.',
      grade: 'seen',
      source: 'login.salesforce.com/.well-known/openid-configuration; Salesforce Help, OpenID Connect discovery',
    },
    {
      does: 'Names in it the endpoints for browser logins and for the registration of clients, which it does not have.',
      grade: 'own',
      source: 'Flows with a browser are not what it is for',
    },
    {
      does: 'Answers `singleaccess` with a `frontdoor_uri` that opens a browser session once.',
      grade: 'documented',
      source: 'Salesforce Help, single-use frontdoor.jsp URLs; `sf org open` asks for one',
    },
    {
      does: 'Takes such a URL for one minute.',
      grade: 'assumed',
      source: 'How long it works is not documented; a browser opens it at once',
    },
  ],
};
