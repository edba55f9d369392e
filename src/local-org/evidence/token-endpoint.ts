import { refusals, type RefusalName } from '../oauth/refusals.js';
import type { Behaviour, EvidenceArea } from './behaviour.js';

const help = 'Salesforce Help, OAuth 2.0 JWT bearer flow (xcloud.remoteaccess_oauth_jwt_flow)';
const flowErrors = 'Salesforce Help, OAuth 2.0 JWT bearer flow errors (xcloud.remoteaccess_oauth_jwt_flow_errors)';

/** When the token endpoint refuses, one sentence for each refusal. */
const when: Readonly<Record<RefusalName, string>> = {
  notPost: 'refuses every method but POST',
  parameterRepeated: 'refuses a form that has a parameter twice',
  assertionMissing: 'refuses a request without the parameter `assertion`',
  tokenMissing: 'introspection refuses a request without the parameter `token`',
  grantTypeUnsupported: 'refuses every other grant type',
  assertionInvalid:
    'refuses what is no JWT, one that is not signed with RS256, one without `exp`, one whose app has no certificate, and of Connected Apps a wrong signature',
  signatureWrong: 'refuses a signature that another key made, where the app is an External Client App',
  clientCredentialsWrong: 'introspection refuses a client that does not prove who it is, with HTTP 401',
  clientUnknown: 'refuses an `iss` that is the consumer key of no app of the org',
  appElsewhere:
    'refuses an External Client App of another org, and one that is asked for with a login host as audience',
  appBlocked: 'refuses an app whose `isEnabled` is false',
  audienceWrong:
    'refuses an `aud` that is neither the origin of the org nor, for a Connected App, the login host of its kind of org',
  expired: 'refuses an `exp` that has passed',
  notApproved: 'refuses an app that users approve themselves, which none ever did, and a `sub` that is no user',
  notAdminApproved:
    'refuses a user whose profile and permission sets the app does not approve, where only approved users may use it',
  userInactive: 'refuses a user who is not active',
  orgInactive: 'refuses every user of an org that is inactive or locked',
  userLocked: 'refuses a user who is locked or frozen',
  addressOrHourRefused:
    'refuses an address outside the login IP ranges of the profile, and an hour outside its login hours',
  assuranceTooLow: 'refuses an app or a profile that asks for a high-assurance session',
  loginRateExceeded: 'refuses a user after 3,600 logins in an hour',
  refreshTokenScopeMissing: 'refuses an app that has neither the scope RefreshToken nor OfflineAccess',
  scopesMissing: 'refuses an app that has no other scope',
  scopeUnknown: 'refuses a parameter `scope` that asks for more than the app has',
};

function rowOf(name: RefusalName): Behaviour {
  const { error, description, evidence, source } = refusals[name];
  return { does: `\`${error}\`: ${when[name]}.`, says: [description], grade: evidence, source };
}

/** The token endpoint: the JWT bearer flow, approval, scopes. */
export const tokenEndpointEvidence: EvidenceArea = {
  title: 'Token endpoint',
  behaviours: [
    ...(Object.keys(refusals) as readonly RefusalName[]).map(rowOf),
    {
      does: 'Answers a refusal with HTTP 400 and `{error, error_description}`.',
      grade: 'documented',
      source: `RFC 6749 section 5.2; ${flowErrors}`,
    },
    {
      does: 'Answers with `access_token`, `scope`, `instance_url`, `id` and `token_type`, and never with a refresh token.',
      grade: 'documented',
      source: help,
    },
    {
      does: 'Judges app, signature, audience, lifetime, user, scopes and approval, in this order.',
      grade: 'assumed',
      source: 'No page says which fault comes first; most assertions that people report have only one',
    },
    {
      does: 'Takes an `exp` however far ahead, and so one in milliseconds.',
      grade: 'seen',
      source:
        '`@salesforce/core` (`lib/org/authInfo.js`) sends milliseconds with every login, and orgs grant it a token',
    },
    {
      does: 'Takes the origin of the org as audience, with or without a slash behind it.',
      grade: 'seen',
      source: '`@salesforce/core` tries the instance URL as audience, and logs in so; forcedotcom/cli#3482',
    },
    {
      does: 'Takes `login.salesforce.com` from Connected Apps of production orgs and `test.salesforce.com` from those of sandboxes.',
      grade: 'documented',
      source: help,
    },
    {
      does: 'Takes `prn` for the subject, before `sub`.',
      grade: 'documented',
      source: help,
    },
    {
      does: 'Takes an `nbf` up to 60 seconds ahead.',
      grade: 'assumed',
      source: 'How much skew of clocks Salesforce allows is not documented',
    },
    {
      does: 'Takes an assertion more than once, with or without `jti`.',
      grade: 'assumed',
      source: '`jti` is not in the list of claims of Salesforce Help, and no report of a refusal was found',
    },
    {
      does: 'Finds usernames whatever their case.',
      grade: 'seen',
      source: 'Usernames of Salesforce are unique without regard to case; logins with other spellings work',
    },
    {
      does: 'Approves users by permission set or profile of the app, by `SetupEntityAccess`, or by none where users approve themselves.',
      grade: 'documented',
      source: 'Salesforce Help, manage OAuth access policies; Object Reference, SetupEntityAccess',
    },
    {
      does: 'Grants the scopes of the app, without `refresh_token` and `offline_access`.',
      grade: 'documented',
      source: help,
    },
    {
      does: 'Names a scope by its metadata name in lower case where no page gives it another.',
      grade: 'assumed',
      source: 'Salesforce Help lists the usual scopes (OAuth tokens and scopes), not those of newer products',
    },
  ],
};
