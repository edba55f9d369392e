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
  clientUnknown:
    'refuses an `iss` that is the consumer key of no app of the org, or of one that is newer than the propagation delay',
  appElsewhere:
    'refuses an External Client App of another org, and one that is asked for with a login host as audience',
  appBlocked: 'refuses an app whose `isEnabled` is false',
  audienceWrong:
    'refuses an `aud` that is neither the origin of the org nor, for a Connected App, the login host of its kind of org',
  expired: 'refuses an `exp` that has passed',
  notApproved: 'refuses an app that users approve themselves, where this one has not, and a `sub` that is no user',
  notAdminApproved:
    'refuses a user whose profile and permission sets the app does not approve, where only approved users may use it',
  userInactive: 'refuses a user who is not active',
  orgInactive: 'refuses every user of an org whose `TrialExpirationDate` has passed',
  userLocked: 'refuses a user who is locked or frozen',
  addressOrHourRefused:
    'refuses an address outside the login IP ranges of the profile, and an hour outside its login hours',
  assuranceTooLow: 'refuses an app or a profile that asks for a high-assurance session',
  loginRateExceeded: 'refuses a user after 3,600 logins in an hour',
  refreshTokenScopeMissing: 'refuses an app that has neither the scope RefreshToken nor OfflineAccess',
  scopesMissing: 'refuses an app that has no other scope',
  scopeUnknown: 'refuses a parameter or a claim `scope` that asks for more than the app has',
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
      grade: 'assumed',
      source:
        'Usernames of Salesforce are unique without regard to case; logins with other spellings work; no place is at hand that shows it',
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
      does: 'Grants fewer scopes where the parameter or the claim `scope` asks for fewer.',
      grade: 'assumed',
      source: 'RFC 7521 section 4.1 has the parameter; what Salesforce does with it in this flow is not documented',
    },
    {
      does: 'Takes parameters from the query as from the form, and none from a body of another content type.',
      grade: 'assumed',
      source:
        'Salesforce’s examples for the revocation endpoint have parameters in the query; what other bodies end in is not documented',
    },
    {
      does: 'Takes an empty parameter for one that is left out.',
      grade: 'assumed',
      source: 'RFC 6749 section 3.2',
    },
    {
      does: 'Takes `exp` and `nbf` as texts, too.',
      grade: 'seen',
      source: 'The Java code of Salesforce Help for this flow, which many copy, sends `exp` in quotes',
    },
    {
      does: 'Compares the address of the client with `loginIpRanges` of the user’s `Profile`, whatever the app says of relaxing them.',
      grade: 'documented',
      source:
        'Salesforce Help, connected app IP relaxation (xcloud.connected_app_continuous_ip): JWT bearer flows always enforce the ranges of profiles. Other pages advise to relax them in the app; clients of a local org come from 127.0.0.1',
    },
    {
      does: 'Has no use for `ipRanges` and `trustedIpRanges` of apps, and for trusted ranges of the org.',
      grade: 'assumed',
      source: 'They take restrictions away, in flows with a browser, and add none; no place is at hand that shows it',
    },
    {
      does: 'Compares the moment with `loginHours` of the `Profile`, in UTC; a day without hours is open.',
      grade: 'assumed',
      source: 'Metadata API Developer Guide, Profile, has minutes of a day; orgs take them in their own time zone',
    },
    {
      does: 'Refuses a session level of `HIGH_ASSURANCE`, in the session policy of an app or a `ProfileSessionSetting`, whatever the action of the policy.',
      grade: 'assumed',
      source: 'Salesforce Help says that such policies break the flow, since it cannot raise its level',
    },
    {
      does: 'Freezes and locks users by `IsFrozen` and `IsPasswordLocked` of their `UserLogin`.',
      grade: 'documented',
      source: 'Object Reference, UserLogin',
    },
    {
      does: 'Keeps approvals of users as rows of `OauthToken`.',
      grade: 'documented',
      source: 'Object Reference, OauthToken',
    },
    {
      does: 'Counts logins of a user from the first one on, for an hour; `loginsPerHour` changes how many there may be.',
      grade: 'assumed',
      source: 'Article 000381578 tells the number, 3,600 in an hour, and not when the hour begins',
    },
    {
      does: 'Knows new apps at once, unless `propagationDelayMs` says otherwise.',
      grade: 'own',
      source: 'Setup tells users to wait 2 to 10 minutes',
    },
    {
      does: 'Ends sessions after the timeout of the app, else of the `ProfileSessionSetting`, else of the security settings of the org, else two hours.',
      grade: 'documented',
      source:
        'Salesforce Help, session settings and OAuth access policies; salesforce.stackexchange.com/questions/212976',
    },
    {
      does: 'Issues a JWT where the app has `isNamedUserJwtEnabled`, and sends `token_format` and `api_instance_url` along.',
      grade: 'documented',
      source: 'Salesforce Help, JWT-based access tokens (xcloud.jwt_access_tokens)',
    },
    {
      does: 'Puts into such a token `scp`, `aud`, `sub` (`uid:` and the user), `nbf`, `mty`, `sfi`, `roles`, `iss`, `hsc`, `exp`, `iat` and `client_id`, under a header with `kid`, `tty`, `tnk` and `ver`.',
      grade: 'seen',
      source: 'Test tokens of forcedotcom/SalesforceMobileSDK-Android and -iOS (JwtAccessTokenTest)',
    },
    {
      does: 'Has such a token last 30 minutes, unless `namedUserJwtTimeout` or `namedUserJwtSessionTimeoutType` say otherwise; use does not make it longer.',
      grade: 'assumed',
      source: 'The default is not in the Metadata API Developer Guide',
    },
    {
      does: 'Names itself as `api_instance_url`.',
      grade: 'own',
      source: 'Salesforce names one host for all orgs, which a client of a local org must not call',
    },
    {
      does: 'Refuses such a token in SOAP before API version 68, in the words for a session that is none.',
      grade: 'assumed',
      source: '`@salesforce/source-deploy-retrieve` warns that SOAP takes them from 68 on; the words are not known',
    },
    {
      does: 'Names a scope by its metadata name in lower case where no page gives it another.',
      grade: 'assumed',
      source: 'Salesforce Help lists the usual scopes (OAuth tokens and scopes), not those of newer products',
    },
  ],
};
