import type { EvidenceArea } from './behaviour.js';

const thisMachine = 'A local org must not become a way to send requests of one’s own choice to other machines';

/** What Apex and Named Credentials of an org do when they call out. */
export const calloutEvidence: EvidenceArea = {
  title: 'Callouts',
  behaviours: [
    {
      does: 'Signs with the key of the certificate, and throws NoDataFoundException where there is none.',
      says: ['Data Not Available: {}'],
      grade: 'assumed',
      source:
        'Reported of `Auth.JWS` on Salesforce Stack Exchange, with other text behind it; assumed of Named Credentials',
    },
    {
      does: 'Asks for a remote site setting for each origin but its own, where Apex calls.',
      says: ['Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = {}'],
      grade: 'seen',
      source: 'Apex Developer Guide, adding remote site settings, for the rule; many public projects quote the text',
    },
    {
      does: 'Asks for no remote site setting where a Named Credential calls.',
      grade: 'documented',
      source: 'Apex Developer Guide, Named Credentials as callout endpoints',
    },
    {
      does: 'Refuses a Named Credential that there is not.',
      says: [
        'The callout couldn\'t access the endpoint. You might not have the required permissions, or the named credential "{}" might not exist.',
      ],
      grade: 'assumed',
      source: 'Public projects and threads quote it; no place is at hand that shows it',
    },
    {
      does: 'Refuses a user without access to a principal of the External Credential.',
      says: [
        'We couldn\'t access the credential(s). You might not have the required permissions, or the external credential "{}" might not exist.',
      ],
      grade: 'seen',
      source: 'Salesforce Stack Exchange 399168; public projects quote it',
    },
    {
      does: 'Gives access to a principal through permission sets, not through profiles.',
      grade: 'seen',
      source: 'Salesforce Help, enable external credential principals; a local org keeps no profiles with accesses',
    },
    {
      does: 'Asks for no access to User External Credentials.',
      grade: 'own',
      source: 'Salesforce Help asks for it; a local org has no such object',
    },
    {
      does: 'Takes the first principal, by sequence number, that the user has access to.',
      grade: 'documented',
      source: 'Salesforce Help, create a principal: sequence numbers say who is taken first',
    },
    {
      does: 'Looks at access before the protocol.',
      grade: 'assumed',
      source: 'Nothing was found about the order',
    },
    {
      does: 'Refuses a Named Credential whose `calloutStatus` is Disabled.',
      says: ['The named credential "{}" is not enabled for callouts.'],
      grade: 'assumed',
      source: 'Metadata API Developer Guide, NamedCredential, for the rule; no words of an org were found',
    },
    {
      does: 'Adds `alg`, `typ`, `kid`, `iat` and `nbf` to the JWT of an External Credential, and `exp` two minutes ahead, where it has them not.',
      grade: 'documented',
      source: 'Salesforce Help, JWT claims (nc_jwt_claims)',
    },
    {
      does: 'Takes the value of a claim for JSON where it is JSON, else for text.',
      grade: 'assumed',
      source:
        'Retrieved files have issuer and subject bare and the audience in quotes; Connect API examples quote all three',
    },
    {
      does: 'Evaluates one formula in claims: the seconds since 1970, with an offset.',
      says: [
        'A local org cannot evaluate the formula of the claim "{}": it knows the seconds since 1970 only, with an offset.',
        'A local org cannot evaluate the formula of the subject: give it as text, with NamedUser.',
      ],
      grade: 'own',
      source: 'The formula that Salesforce itself writes (amitastreait/salesforce-integration-reloaded)',
    },
    {
      does: 'Refuses algorithms other than RS256 and RS512.',
      says: ['Not an algorithm for JWT claims: {}'],
      grade: 'assumed',
      source: 'Salesforce Help, JWT claims (nc_jwt_claims), for the algorithms; the text is ours',
    },
    {
      does: 'Signs with RS256 and no other header in Apex.',
      grade: 'assumed',
      source: 'Apex Reference Guide, Auth.JWS, says RS256; which other members its header has is not documented',
    },
    {
      does: 'Puts issuer, subject, audience and expiry into the JWT of a legacy Named Credential, and its scope into the token request.',
      grade: 'assumed',
      source: 'Metadata API Developer Guide, NamedCredential, describes these fields and no others',
    },
    {
      does: 'Gets a new token once where the answer is 401.',
      grade: 'assumed',
      source: 'Salesforce Help, article 000381864, of Named Credentials with a refresh token',
    },
    {
      does: 'Gives up on a callout after ten seconds.',
      says: ['{}{} did not answer.'],
      grade: 'assumed',
      source: 'Apex Developer Guide, callout limits, for the time; Apex says "Read timed out"',
    },
    {
      does: 'Says so where a token endpoint answers without a token.',
      says: ['The token endpoint answered without an access token.'],
      grade: 'own',
      source: 'Apex throws a JWTBearerTokenExchangeException, whose text is not documented',
    },
    {
      does: 'Calls on this machine only.',
      says: [
        'A local org calls endpoints on this machine only, and not {}',
        'A local org makes no callouts with external credentials other than OAuth 2.0 JWT bearer.',
        'A local org makes no callouts with the protocol {}, but with JwtExchange.',
        'A local org cannot sign this assertion: {}',
      ],
      grade: 'own',
      source: thisMachine,
    },
  ],
};
