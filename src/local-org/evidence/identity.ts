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
      does: 'Answers an identity URL of another user or org with HTTP 404 and plain text.',
      says: ['Bad_Id'],
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
      does: 'Answers `revoke` with `unsupported_token_type` for a token that is no session.',
      says: ['this token type is not supported'],
      grade: 'documented',
      source: 'Salesforce Help, revoke OAuth tokens',
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
