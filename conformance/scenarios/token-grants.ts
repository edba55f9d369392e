import type { AppKind, Apps } from '../apps.js';
import { askForToken, grantClaims, jwtBearerGrant, postToken, signedJwt, tokenIn, type Claims } from '../assertion.js';
import { answered, faulted, shaped } from '../observe.js';
import type { OrgUnderTest } from '../org-under-test.js';
import type { Scenario } from '../scenario.js';

type Change = {
  readonly app?: AppKind;
  /** Claims that differ from those that are granted a token; undefined leaves one out. */
  readonly claims?: (org: OrgUnderTest) => Claims;
  readonly header?: Claims;
  readonly keys?: (apps: Apps) => Apps['keys'];
};

const now = (): number => Math.floor(Date.now() / 1000);

/** An assertion that differs in one thing from one that is granted a token. */
function assertion(name: string, probes: readonly string[], change: Change): Scenario {
  return {
    name,
    effect: 'changes',
    probes,
    observe: async (org, fixtures) => {
      const apps = await fixtures.apps();
      const claims = { ...grantClaims(org, apps.consumerKeys[change.app ?? 'approved']), ...change.claims?.(org) };
      const answer = await askForToken(org, signedJwt(change.keys?.(apps) ?? apps.keys, claims, change.header));
      // What a token is granted with is compared by one scenario.
      return answer.status === 200 ? { status: 200 } : answered(answer);
    },
  };
}

/** What the token endpoint says to assertions for apps that the run deploys. */
export const tokenGrantScenarios: readonly Scenario[] = [
  {
    name: 'grant-members',
    effect: 'changes',
    probes: ['never with a refresh token', 'Grants the scopes of the app'],
    observe: async (org, fixtures) => {
      const apps = await fixtures.apps();
      const answer = await askForToken(org, signedJwt(apps.keys, grantClaims(org, apps.consumerKeys.approved)));
      const { scope, token_type, instance_url, id } = JSON.parse(answer.text) as Readonly<Record<string, string>>;
      const scopes = scope?.split(' ').sort();
      return {
        shape: shaped(answer),
        scopes,
        token_type,
        instance_url,
        id,
        caching: answer.headers.get('cache-control'),
      };
    },
  },
  assertion('grant-other-key', ['refuses a signature that another key made'], { keys: ({ otherKeys }) => otherKeys }),
  assertion('grant-expired', ['expired authorization code'], { claims: () => ({ exp: now() - 600 }) }),
  assertion('grant-expiry-in-milliseconds', ['however far ahead'], { claims: () => ({ exp: Date.now() + 300 }) }),
  assertion('grant-without-expiry', ['refuses what is no JWT'], { claims: () => ({ exp: undefined }) }),
  assertion('grant-not-yet', ['up to 60 seconds ahead'], { claims: () => ({ nbf: now() + 900, exp: now() + 1000 }) }),
  assertion('grant-skewed-clock', ['up to 60 seconds ahead'], { claims: () => ({ nbf: now() + 30 }) }),
  assertion('grant-wrong-audience', ['audience is invalid'], { claims: () => ({ aud: 'https://example.com' }) }),
  assertion('grant-login-host-audience', ['External client app is not installed'], {
    claims: () => ({ aud: 'https://login.salesforce.com' }),
  }),
  assertion('grant-audience-with-slash', ['with or without a slash behind it'], {
    claims: ({ instanceUrl }) => ({ aud: `${instanceUrl}/` }),
  }),
  assertion('grant-unknown-user', ["user hasn't approved this consumer"], {
    claims: () => ({ sub: 'nobody@conformance.example' }),
  }),
  assertion('grant-username-in-capitals', ['usernames whatever their case'], {
    claims: ({ username }) => ({ sub: username.toUpperCase() }),
  }),
  assertion('grant-prn', ['Takes `prn` for the subject'], {
    claims: ({ username }) => ({ prn: username, sub: 'nobody@conformance.example' }),
  }),
  assertion('grant-other-algorithm', ['refuses what is no JWT'], { header: { alg: 'RS512' } }),
  assertion('grant-more-header', ['Answers with `access_token`'], {
    header: { alg: 'RS256', typ: 'JWT', kid: 'other' },
  }),
  assertion('grant-user-not-approved', ['user is not admin approved'], { app: 'notApproved' }),
  assertion('grant-app-nobody-approved', ["user hasn't approved this consumer"], { app: 'selfAuthorized' }),
  assertion('grant-without-refresh-scope', ['refresh_token scope is required'], { app: 'noRefreshScope' }),
  assertion('grant-app-without-certificate', ['refuses what is no JWT', 'where an app has a certificate'], {
    app: 'noCertificate',
  }),
  {
    name: 'grant-of-one-scope',
    effect: 'changes',
    probes: ['asks for more than the app has'],
    observe: async (org, fixtures) => {
      const apps = await fixtures.apps();
      const assertion = signedJwt(apps.keys, grantClaims(org, apps.consumerKeys.approved));
      const asked = async (scope: string): Promise<unknown> => {
        const answer = await postToken(org, { grant_type: jwtBearerGrant, assertion, scope });
        const { scope: granted } = JSON.parse(answer.text) as { readonly scope?: string };
        return answer.status === 200 ? granted?.split(' ').sort() : answered(answer);
      };
      return { one: await asked('api'), unknown: await asked('conformance') };
    },
  },
  {
    name: 'call-without-api-scope',
    effect: 'changes',
    probes: ['neither the scope `api` nor `full`', 'Refuses SOAP calls with such a token'],
    observe: async (org, fixtures) => {
      const apps = await fixtures.apps();
      const session = tokenIn(
        await askForToken(org, signedJwt(apps.keys, grantClaims(org, apps.consumerKeys.noApiScope))),
      );
      const data = await org.request('GET', `/services/data/v${org.apiVersion}/limits`, { session });
      const user = await org.request('GET', '/services/oauth2/userinfo', { session });
      return {
        data: answered(data),
        soap: faulted(await org.soap('describeMetadata', '', { session })),
        user: user.status,
      };
    },
  },
  {
    name: 'grant-twice',
    effect: 'changes',
    probes: ['Takes an assertion more than once'],
    observe: async (org, fixtures) => {
      const apps = await fixtures.apps();
      const claims = { ...grantClaims(org, apps.consumerKeys.approved), jti: `conformance-${fixtures.runId}` };
      const jwt = signedJwt(apps.keys, claims);
      const [first, second] = [await askForToken(org, jwt), await askForToken(org, jwt)];
      return { first: first.status, second: second.status === 200 ? 200 : answered(second) };
    },
  },
  {
    name: 'grant-then-revoke',
    effect: 'changes',
    probes: ['Ends a session on `revoke`'],
    observe: async (org, fixtures) => {
      const apps = await fixtures.apps();
      const session = tokenIn(
        await askForToken(org, signedJwt(apps.keys, grantClaims(org, apps.consumerKeys.approved))),
      );
      const body = new URLSearchParams({ token: session }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const before = await org.request('GET', '/services/oauth2/userinfo', { session });
      const revoked = await org.request('POST', '/services/oauth2/revoke', { headers, body, session: null });
      const after = await org.request('GET', '/services/oauth2/userinfo', { session });
      const data = await org.request('GET', `/services/data/v${org.apiVersion}/limits`, { session });
      return { before: before.status, revoked: answered(revoked), after: answered(after), data: answered(data) };
    },
  },
];
