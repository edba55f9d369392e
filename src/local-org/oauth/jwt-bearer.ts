import { deployedApps, findApp, type App } from '../apps.js';
import type { LocalOrg, SObjectRecord } from '../model.js';
import { isLocked } from '../user-login.js';
import { hasApproved, isPreApproved } from './approval.js';
import { isSignedBy, parseAssertion, type Assertion } from './assertion.js';
import { countLogin } from './login-rate.js';
import { allowsLogin, profilePolicyOf, type ProfilePolicy } from './profile-policy.js';
import type { RefusalName } from './refusals.js';
import { grantedScopes } from './scopes.js';
import { asksForHighAssurance, timeoutSecondsOf } from './session-policy.js';

export type AssertionRequest = {
  readonly compact: string;
  /** Form parameter `scope` (RFC 7521 section 4.1). */
  readonly scope?: string;
  readonly remoteAddress?: string;
};

export type Granted = {
  readonly kind: 'granted';
  readonly app: App;
  readonly user: SObjectRecord;
  readonly scope: string;
  /** How long a session lives unused; undefined for the default of all orgs. */
  readonly timeoutSeconds: number | undefined;
};

export type Grant = Granted | { readonly kind: 'refused'; readonly reason: RefusalName };

/** Login hosts of all orgs; an assertion for a Connected App may name the one for its kind of org. */
const productionLogin = 'https://login.salesforce.com';
const sandboxLogin = 'https://test.salesforce.com';

/**
 * Judges an assertion (RFC 7523 section 3) as Salesforce does: app, signature, audience, lifetime, org, user, scopes,
 * approval, address and hour, session level, login rate, in this order (the order is an assumption).
 */
export async function judgeAssertion(org: LocalOrg, request: AssertionRequest): Promise<Grant> {
  const assertion = parseAssertion(request.compact);
  if (!assertion) return refused('assertionInvalid');
  const app = appOf(org, assertion);
  if (typeof app === 'string') return refused(app);
  const reason =
    (await judgeSignature(org, app, assertion)) ??
    judgeAudience(org, app, assertion) ??
    judgeLifetime(org, assertion) ??
    judgeOrg(org);
  return reason === undefined ? judgeLogin(org, app, assertion, request) : refused(reason);
}

/** An app of another org is told apart from one that nobody has; one that is too new is not known yet. */
function appOf(org: LocalOrg, { claims: { iss } }: Assertion): App | RefusalName {
  if (typeof iss !== 'string') return 'clientUnknown';
  const isElsewhere = (): boolean =>
    org
      .siblings()
      .flatMap(deployedApps)
      .some(({ kind, consumerKey }) => kind === 'external-client-app' && consumerKey === iss);
  const app = findApp(org, iss);
  if (app) return org.now() < app.createdAt + org.settings.propagationDelayMs ? 'clientUnknown' : app;
  return isElsewhere() ? 'appElsewhere' : 'clientUnknown';
}

async function judgeSignature(org: LocalOrg, app: App, assertion: Assertion): Promise<RefusalName | undefined> {
  if (!app.isEnabled) return 'appBlocked';
  if (!app.certificate || assertion.algorithm !== 'RS256') return 'assertionInvalid';
  if (!(await isSignedBy(assertion, app.certificate))) {
    return app.kind === 'external-client-app' ? 'signatureWrong' : 'assertionInvalid';
  }
  const isExpired = Date.parse(app.certificate.validTo) < org.now();
  return isExpired && org.settings.refuseExpiredCertificates ? 'assertionInvalid' : undefined;
}

/**
 * The org's own origin, with or without a slash behind it, is right for every app. The login host is right for Connected
 * Apps, where it fits the org: `test` for sandboxes, `login` for all others. External Client Apps refuse it, since a login
 * host does not know the apps of an org.
 */
function judgeAudience(org: LocalOrg, app: App, { claims }: Assertion): RefusalName | undefined {
  const audiences = [claims['aud']]
    .flat()
    .filter((audience) => typeof audience === 'string')
    .map((audience) => audience.replace(/\/$/, ''));
  if (audiences.includes(org.instanceUrl)) return undefined;
  const isLoginHost = audiences.some((audience) => audience === productionLogin || audience === sandboxLogin);
  if (isLoginHost && app.kind === 'external-client-app') return 'appElsewhere';
  const isSandbox = org.records.all('Organization')[0]?.['IsSandbox'] === true;
  return audiences.includes(isSandbox ? sandboxLogin : productionLogin) ? undefined : 'audienceWrong';
}

/**
 * Only the past is refused. `@salesforce/core` sends milliseconds where RFC 7519 asks for seconds, and Salesforce takes them,
 * so that there is no latest moment. The Java code of Salesforce Help sends a text.
 */
function judgeLifetime(org: LocalOrg, { claims }: Assertion): RefusalName | undefined {
  const nowSeconds = org.now() / 1000;
  const [exp, nbf] = [secondsOf(claims['exp']), secondsOf(claims['nbf'])];
  if (exp === undefined) return 'assertionInvalid';
  if (exp <= nowSeconds) return 'expired';
  return nbf !== undefined && nbf > nowSeconds + allowedSkewSeconds ? 'assertionInvalid' : undefined;
}

/** How far a client's clock may run ahead (an assumption). */
const allowedSkewSeconds = 60;

function secondsOf(claim: unknown): number | undefined {
  if (typeof claim === 'string') return /^\d+$/.test(claim) ? Number(claim) : undefined;
  return typeof claim === 'number' ? claim : undefined;
}

/** A trial that has ended locks its org. */
function judgeOrg(org: LocalOrg): RefusalName | undefined {
  const end = org.records.all('Organization')[0]?.['TrialExpirationDate'];
  return typeof end === 'string' && Date.parse(end) <= org.now() ? 'orgInactive' : undefined;
}

function judgeLogin(org: LocalOrg, app: App, assertion: Assertion, request: AssertionRequest): Grant {
  const user = findSubject(org, assertion);
  if (!user) return refused('notApproved');
  const unfit = judgeUser(org, user);
  if (unfit) return refused(unfit);
  const scopes = grantedScopes(app.scopes, request.scope ?? assertion.claims['scope']);
  if (scopes.kind === 'refused') return scopes;
  const policy = profilePolicyOf(org, user);
  const reason = judgeApproval(org, app, user) ?? judgePolicies(org, app, policy, request) ?? judgeRate(org, user);
  if (reason) return refused(reason);
  const timeoutSeconds = timeoutSecondsOf(org, app, policy);
  return { kind: 'granted', app, user, scope: scopes.scopes.join(' '), timeoutSeconds };
}

function judgePolicies(
  org: LocalOrg,
  app: App,
  policy: ProfilePolicy,
  { remoteAddress }: AssertionRequest,
): RefusalName | undefined {
  if (!allowsLogin(policy, remoteAddress, org.now())) return 'addressOrHourRefused';
  return asksForHighAssurance(app, policy) ? 'assuranceTooLow' : undefined;
}

/** Last of all: what was refused is no login. */
function judgeRate(org: LocalOrg, user: SObjectRecord): RefusalName | undefined {
  return countLogin(org, user.Id) ? undefined : 'loginRateExceeded';
}

/** `prn` is the older name of the subject and wins over `sub` (Salesforce Help). Usernames know no case. */
function findSubject(org: LocalOrg, { claims: { prn, sub } }: Assertion): SObjectRecord | undefined {
  const named = prn ?? sub;
  const username = typeof named === 'string' ? named.toLowerCase() : '';
  return org.records.all('User').find(({ Username }) => String(Username).toLowerCase() === username);
}

function judgeUser(org: LocalOrg, user: SObjectRecord): RefusalName | undefined {
  if (user['IsActive'] !== true) return 'userInactive';
  return isLocked(org, user.Id) ? 'userLocked' : undefined;
}

function judgeApproval(org: LocalOrg, app: App, user: SObjectRecord): RefusalName | undefined {
  if (!app.isAdminApproved) return hasApproved(org, app, user) ? undefined : 'notApproved';
  return isPreApproved(org, app, user) ? undefined : 'notAdminApproved';
}

function refused(reason: RefusalName): Grant {
  return { kind: 'refused', reason };
}
