import type { CatalogueRow } from './catalogue-row.js';

const assignPermissionSet =
  'Assign the permission set of the app to the user: sf org assign permset --name MY_PERMISSION_SET --target-org MY_ORG --on-behalf-of {username}';
const useMyDomain =
  'Use the My Domain of the org that holds the app: --instance-url https://MY_DOMAIN.my.salesforce.com (it is {instanceUrl} now).';
const compareCertificate =
  'Compare the certificate in the app with the key: sf jwt key inspect --file MY_CERTIFICATE.crt, and the same with --file MY_KEY.key.';
const uploadAgain = 'Put the certificate that belongs to the key into the app again, and save it.';
/** A setup has nothing to do where the app was changed past it. */
const bringFromClientOrg =
  'Put the certificate that the client org signs with into the app: sf jwt setup --connection MY_CONNECTION; where that finds nothing to do, sf jwt deploy --connection MY_CONNECTION --side server.';

/** Answers about the app and who may use it. */
export const appRows = [
  {
    key: 'user-not-approved',
    error: 'invalid_grant',
    description: "user hasn't approved this consumer",
    pattern: /hasn.?t approved this consumer/i,
    cause: 'the app does not know this user as approved, or the app belongs to another org than the one that was asked',
    actions: [
      'Pre-authorise the user: set "Permitted Users" in the policies of the app to "Admin approved users are pre-authorized" and select a permission set.',
      assignPermissionSet,
      useMyDomain,
    ],
    mayBePropagation: true,
    source: 'seen',
  },
  {
    key: 'user-not-admin-approved',
    error: 'invalid_app_access',
    description: 'user is not admin approved to access this app',
    cause: 'the app is for users whom an admin approved, and this user has none of its permission sets or profiles',
    actions: [
      assignPermissionSet,
      'Check that the policies of the app select that permission set: Setup > External Client App Manager, or Manage Connected Apps.',
    ],
    mayBePropagation: true,
    source: 'seen',
  },
  {
    key: 'client-id-unknown',
    error: 'invalid_client_id',
    description: 'client identifier invalid',
    cause: 'the org knows no app with this consumer key: the key is wrong, the app is in another org, or it is too new',
    actions: [
      'Copy the consumer key again from the settings of the app ("Consumer Key and Secret"): --client-id CONSUMER_KEY',
      useMyDomain,
      'Wait ten minutes after the app was made or changed, then run the command again.',
    ],
    mayBePropagation: true,
    source: 'seen',
  },
  {
    key: 'app-not-installed',
    error: 'app_not_found',
    description: 'External client app is not installed in this org',
    cause:
      'an External Client App answers only at the My Domain of its own org, and that is not where the request went',
    actions: [
      useMyDomain,
      'Leave out --audience, or give the same My Domain there: login.salesforce.com and test.salesforce.com are refused for such an app.',
      'Make the app in this org, if it has none: a sandbox needs its own.',
    ],
    mayBePropagation: false,
    source: 'seen',
  },
  {
    key: 'cross-org-blocked',
    error: 'OAUTH_AUTHORIZATION_BLOCKED',
    description: 'Cross-org OAuth flows are not supported for this external client app',
    cause: 'the External Client App is local to another org than the one of this user',
    actions: [
      useMyDomain,
      'Make an External Client App in the org of the user: sf jwt setup --target-org ORG_OF_THE_USER',
    ],
    mayBePropagation: false,
    source: 'seen',
  },
  {
    key: 'app-blocked',
    error: 'OAUTH_APP_BLOCKED',
    description: 'this app is blocked by admin',
    cause: 'an admin blocked the app in this org',
    actions: [
      'Unblock the app: Setup > Connected Apps OAuth Usage > Unblock, or set an External Client App to enabled in its policies.',
    ],
    mayBePropagation: false,
    source: 'assumed',
  },
  {
    key: 'signature-refused',
    error: 'invalid_client',
    description: 'invalid client credentials',
    cause: 'the signature does not match the certificate in the External Client App',
    actions: [compareCertificate, uploadAgain],
    actionsInClientOrg: [bringFromClientOrg],
    mayBePropagation: false,
    source: 'seen',
  },
  {
    key: 'assertion-refused',
    error: 'invalid_grant',
    description: 'invalid assertion',
    pattern: /invalid assertion/i,
    cause:
      'the signature does not match the certificate in the app, or the app has no certificate (a deploy without it clears it), or the certificate expired',
    actions: [compareCertificate, uploadAgain],
    actionsInClientOrg: [bringFromClientOrg],
    mayBePropagation: false,
    source: 'seen',
  },
  {
    key: 'refresh-token-scope-missing',
    error: 'invalid_request',
    description: 'refresh_token scope is required and the connected app should be installed and preauthorized.',
    pattern: /refresh_token scope is required/i,
    cause:
      'the app lacks the scope "Perform requests at any time (refresh_token, offline_access)", or no admin approved the user',
    actions: [
      'Give the app the scopes api, web and refresh_token (in metadata: Api, Web, RefreshToken).',
      assignPermissionSet,
    ],
    mayBePropagation: true,
    source: 'seen',
  },
  {
    key: 'scope-refused',
    error: 'invalid_scope',
    description: 'the requested scope is invalid, unknown, or malformed',
    cause: 'the request asks for a scope that the app does not have',
    actions: ['Add the scope to the app, or ask for none: the flow then grants what the app has.'],
    mayBePropagation: false,
    source: 'assumed',
  },
] as const satisfies readonly CatalogueRow[];
