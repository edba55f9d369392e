import { expect } from 'chai';
import { lookAtScopes, lookAtUserAndOrg } from '../../../src/verify/identity-checks.js';
import { missingScopes, toOauthScope } from '../../../src/verify/oauth-scopes.js';

const username = 'integration@example.com';
const orgId = '00D000000000001AAA';

describe('user-and-org', () => {
  it('passes on the expected user, whatever the case, and org, by 15 or 18 characters', () => {
    const seen = { username: 'Integration@Example.com', orgId: '00D000000000001' };

    expect(lookAtUserAndOrg(seen, { username, orgId })).to.deep.equal({
      status: 'passed',
      detail: 'The token acts for Integration@Example.com in org 00D000000000001.',
    });
  });

  it('reports what is not expected to be anything', () => {
    expect(lookAtUserAndOrg({ username, orgId }, {}).status).to.equal('passed');
    expect(lookAtUserAndOrg({ username }, { orgId }).detail).to.equal(
      `The token acts for ${username} in an org that did not tell its id.`,
    );
  });

  it('fails on another user', () => {
    expect(lookAtUserAndOrg({ username: 'admin@example.com', orgId }, { username, orgId })).to.include({
      status: 'failed',
      detail: `The token acts for admin@example.com, not for ${username}.`,
    });
  });

  it('fails on another org, ids being case-sensitive', () => {
    expect(lookAtUserAndOrg({ username, orgId: '00d000000000001AAA' }, { username, orgId })).to.include({
      status: 'failed',
      detail: `The token is for org 00d000000000001AAA, not for ${orgId}.`,
    });
  });

  it('warns when the user could not be read', () => {
    expect(lookAtUserAndOrg({ orgId }, { username, orgId })).to.include({
      status: 'warning',
      detail: `The token is for org ${orgId}; which user it acts for could not be read.`,
    });
  });
});

describe('scopes', () => {
  it('passes when all expected ones are there, by either kind of name', () => {
    expect(lookAtScopes('api web  id', ['Api', 'web', 'Basic'])).to.deep.equal({
      status: 'passed',
      detail: 'The token has the scopes api, web, id.',
    });
  });

  it('does not miss the refresh token, which the flow never gives', () => {
    expect(lookAtScopes('api web', ['Api', 'Web', 'RefreshToken', 'OfflineAccess']).status).to.equal('passed');
  });

  it('fails on missing ones by the names that tokens have', () => {
    const finding = lookAtScopes('id', ['Api', 'CustomPermissions']);

    expect(finding).to.include({
      status: 'failed',
      detail: 'The token has the scopes id; api, custom_permissions missing.',
    });
    expect(finding.actions?.[0]).to.match(/^Add to the scopes of the app: api, custom_permissions\./);
  });

  it('only reports without an expectation, and is skipped where the answer names none', () => {
    expect(lookAtScopes('api', undefined).status).to.equal('passed');
    expect(lookAtScopes(undefined, ['Api']).status).to.equal('skipped');
  });

  it('knows which scope includes which', () => {
    expect(missingScopes(['Api', 'Wave', 'CustomApplications'], ['full'])).to.deep.equal([]);
    expect(missingScopes(['Chatter', 'CustomApplications'], ['api', 'web'])).to.deep.equal([]);
    expect(missingScopes(['Api', 'Web'], ['chatter_api', 'visualforce'])).to.deep.equal(['api', 'web']);
  });

  it('knows the names of scopes in tokens', () => {
    const names = ['Api', 'RefreshToken', 'OpenID', 'CDPIngest', 'Basic', 'ForgotPassword', 'refresh_token'];

    expect(names.map(toOauthScope)).to.deep.equal([
      'api',
      'refresh_token',
      'openid',
      'cdp_ingest_api',
      'id',
      'forgot_password',
      'refresh_token',
    ]);
  });
});
