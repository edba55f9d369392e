import { deployedApps, findApp, type App } from '../apps.js';
import type { LocalOrg, SObjectRecord } from '../model.js';
import { isPreApproved } from './approval.js';
import { isSignedBy, parseAssertion, type Assertion } from './assertion.js';
import type { RefusalName } from './refusals.js';
import { accessScopes, allowsRefresh, tokenScopes } from './scopes.js';

export type Grant =
  | { readonly kind: 'granted'; readonly user: SObjectRecord; readonly scope: string }
  | { readonly kind: 'refused'; readonly reason: RefusalName };

/** Login hosts of all orgs; an assertion for a Connected App may name the one for its kind of org. */
const productionLogin = 'https://login.salesforce.com';
const sandboxLogin = 'https://test.salesforce.com';

/**
 * Judges an assertion (RFC 7523 section 3) as Salesforce does: app, signature, audience, lifetime, user, scopes, approval,
 * in this order (the order is an assumption).
 */
export async function judgeAssertion(org: LocalOrg, compact: string): Promise<Grant> {
  const assertion = parseAssertion(compact);
  if (!assertion) return refused('assertionInvalid');
  const app = appOf(org, assertion);
  if (typeof app === 'string') return refused(app);
  const user = findSubject(org, assertion);
  const reason =
    (await judgeSignature(org, app, assertion)) ??
    judgeAudience(org, app, assertion) ??
    judgeLifetime(org, assertion) ??
    judgeUser(org, app, user);
  if (reason !== undefined || !user) return refused(reason ?? 'notApproved');
  return { kind: 'granted', user, scope: accessScopes(tokenScopes(app.scopes)).join(' ') };
}

/** An app of another org is told apart from one that nobody has. */
function appOf(org: LocalOrg, { claims: { iss } }: Assertion): App | RefusalName {
  if (typeof iss !== 'string') return 'clientUnknown';
  const isElsewhere = (): boolean =>
    org
      .siblings()
      .flatMap(deployedApps)
      .some(({ kind, consumerKey }) => kind === 'external-client-app' && consumerKey === iss);
  return findApp(org, iss) ?? (isElsewhere() ? 'appElsewhere' : 'clientUnknown');
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
  const audiences = [claims['aud']].flat().map((audience) => String(audience).replace(/\/$/, ''));
  if (audiences.includes(org.instanceUrl)) return undefined;
  const isLoginHost = audiences.some((audience) => audience === productionLogin || audience === sandboxLogin);
  if (isLoginHost && app.kind === 'external-client-app') return 'appElsewhere';
  const isSandbox = org.records.all('Organization')[0]?.['IsSandbox'] === true;
  return audiences.includes(isSandbox ? sandboxLogin : productionLogin) ? undefined : 'audienceWrong';
}

/**
 * Only the past is refused. `@salesforce/core` sends milliseconds where RFC 7519 asks for seconds, and Salesforce takes them,
 * so that there is no latest moment.
 */
function judgeLifetime(org: LocalOrg, { claims: { exp, nbf } }: Assertion): RefusalName | undefined {
  const nowSeconds = org.now() / 1000;
  if (typeof exp !== 'number') return 'assertionInvalid';
  if (exp <= nowSeconds) return 'expired';
  return typeof nbf === 'number' && nbf > nowSeconds + allowedSkewSeconds ? 'assertionInvalid' : undefined;
}

/** How far a client's clock may run ahead (an assumption). */
const allowedSkewSeconds = 60;

function judgeUser(org: LocalOrg, app: App, user: SObjectRecord | undefined): RefusalName | undefined {
  if (!user) return 'notApproved';
  if (user['IsActive'] !== true) return 'userInactive';
  const scopes = tokenScopes(app.scopes);
  if (!allowsRefresh(scopes)) return 'refreshTokenScopeMissing';
  if (accessScopes(scopes).length === 0) return 'scopesMissing';
  // Users approve a self-authorised app in a browser, which a local org does not have: nobody ever has.
  if (!app.isAdminApproved) return 'notApproved';
  return isPreApproved(org, app, user) ? undefined : 'notAdminApproved';
}

/** `prn` is the older name of the subject and wins over `sub` (Salesforce Help). Usernames know no case. */
function findSubject(org: LocalOrg, { claims: { prn, sub } }: Assertion): SObjectRecord | undefined {
  const named = prn ?? sub;
  const username = typeof named === 'string' ? named.toLowerCase() : '';
  return org.records.all('User').find(({ Username }) => String(Username).toLowerCase() === username);
}

function refused(reason: RefusalName): Grant {
  return { kind: 'refused', reason };
}
