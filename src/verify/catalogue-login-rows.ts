import type { CatalogueRow } from './catalogue-row.js';

const readLoginHistory =
  'Look at the login history of the user: sf data query --query "SELECT LoginTime, Status, SourceIp FROM LoginHistory ORDER BY LoginTime DESC LIMIT 5" --target-org MY_ORG';

/** Answers about the request, the user and the org. */
export const loginRows = [
  {
    key: 'audience-refused',
    error: 'invalid_grant',
    description: 'audience is invalid',
    pattern: /audience is invalid|audience validation failed/i,
    cause: 'the audience {audience} does not fit {instanceUrl}, for example one of production and one of a sandbox',
    actions: [
      'Leave out --audience, so that it is the instance URL.',
      'Name the other login host: --audience https://login.salesforce.com for production, --audience https://test.salesforce.com for a sandbox.',
    ],
    mayBePropagation: false,
    source: 'documented',
  },
  {
    key: 'assertion-expired',
    error: 'invalid_grant',
    description: 'expired authorization code',
    pattern: /expired authorization code/i,
    cause: 'the assertion had expired when it arrived: the clock here is slow, or its lifetime is too short',
    actions: ['Set the clock of this machine from the network, for example on Linux: sudo timedatectl set-ntp true'],
    mayBePropagation: false,
    source: 'seen',
  },
  {
    key: 'ip-or-hours-restricted',
    error: 'invalid_grant',
    description: 'ip restricted or invalid login hours',
    pattern: /ip restricted|invalid login hours/i,
    cause: 'the profile of the user or the org does not allow a login from this address or at this hour',
    actions: [
      'Add the address of this machine to the login IP ranges of the profile or the trusted ranges of the org, and check the login hours of the profile.',
      'Relax the IP restrictions in the policies of the app, where it is called from changing addresses: "Relax IP restrictions" (in metadata: BYPASS for a Connected App, Bypass for an External Client App).',
      readLoginHistory,
    ],
    mayBePropagation: false,
    source: 'seen',
  },
  {
    key: 'user-locked',
    error: 'invalid_grant',
    description: 'user is locked',
    pattern: /user is locked/i,
    cause: 'the user {username} is locked after too many failed logins, or frozen',
    actions: ['Unlock the user: Setup > Users > the user > Unlock (or Unfreeze).', readLoginHistory],
    mayBePropagation: false,
    source: 'assumed',
  },
  {
    key: 'authentication-failed',
    error: 'invalid_grant',
    description: 'authentication failure',
    pattern: /authentication failure|invalid client credentials/i,
    cause:
      'the login was refused; a policy that asks for multi-factor or high-assurance sessions does that, since the flow has no second step',
    actions: [
      'Take "High assurance session required" out of the session policies of the app and of the profile.',
      readLoginHistory,
    ],
    mayBePropagation: false,
    source: 'assumed',
  },
  {
    key: 'user-inactive',
    error: 'inactive_user',
    description: 'user is inactive',
    cause: 'the user {username} is deactivated',
    actions: ['Activate the user: Setup > Users > the user > Edit > Active, or use another one.'],
    mayBePropagation: false,
    source: 'documented',
  },
  {
    key: 'org-inactive',
    error: 'inactive_org',
    description: 'organization is inactive or locked',
    cause: 'the org is locked, closed or expired',
    actions: ['Ask Salesforce Customer Support about the org, or use one that is active.'],
    mayBePropagation: false,
    source: 'documented',
  },
  {
    key: 'rate-limit-exceeded',
    error: 'rate_limit_exceeded',
    description: 'number of logins exceeded',
    cause: 'the user logged in more than 3,600 times within an hour',
    actions: ['Wait an hour, and keep an access token until it expires instead of asking for one with each call.'],
    mayBePropagation: false,
    source: 'documented',
  },
  {
    key: 'request-malformed',
    error: 'invalid_request',
    description: 'a parameter is missing, or too many scopes were requested',
    cause: 'the form of the request was not understood, perhaps because a proxy changed it',
    actions: [
      'Try without the proxy in between, if there is one.',
      'Check that the instance URL is the one of Salesforce: {instanceUrl}',
    ],
    mayBePropagation: false,
    source: 'assumed',
  },
  {
    key: 'grant-type-unsupported',
    error: 'unsupported_grant_type',
    description: 'grant type not supported',
    cause: 'the server does not know the JWT bearer flow, or a proxy changed the request',
    actions: [
      'Check that the instance URL is the one of Salesforce: {instanceUrl}',
      'Try without the proxy in between.',
    ],
    mayBePropagation: false,
    source: 'documented',
  },
] as const satisfies readonly CatalogueRow[];
