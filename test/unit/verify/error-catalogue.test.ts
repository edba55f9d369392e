import { expect } from 'chai';
import { adviseOn, errorCatalogues, findRow, rowOf, type CatalogueKey } from '../../../src/verify/error-catalogue.js';
import { judgeTokenAnswer } from '../../../src/verify/token-verdict.js';
import { answer } from './material.js';

const { salesforce: errorCatalogue, oauth2: oauthCatalogue } = errorCatalogues;

const context = {
  username: 'integration@example.com',
  instanceUrl: 'https://acme.my.salesforce.com',
  audience: 'https://login.salesforce.com',
};

/** Written by hand, apart from the table: what Salesforce says, what it is, and whether waiting may help. */
const answers: ReadonlyArray<readonly [error: string, description: string, key: CatalogueKey, mayPass: boolean]> = [
  ['invalid_grant', "user hasn't approved this consumer", 'user-not-approved', true],
  ['invalid_grant', 'user hasn’t approved this consumer', 'user-not-approved', true],
  ['invalid_app_access', 'user is not admin approved to access this app', 'user-not-admin-approved', true],
  ['invalid_client_id', 'client identifier invalid', 'client-id-unknown', true],
  ['invalid_client', 'invalid client credentials', 'signature-refused', false],
  ['invalid_grant', 'invalid assertion', 'assertion-refused', false],
  ['invalid_grant', 'audience is invalid', 'audience-refused', false],
  ['invalid_grant', 'Audience validation failed', 'audience-refused', false],
  ['invalid_grant', 'expired authorization code', 'assertion-expired', false],
  ['app_not_found', 'External client app is not installed in this org', 'app-not-installed', false],
  [
    'invalid_request',
    'refresh_token scope is required and the connected app should be installed and preauthorized.',
    'refresh-token-scope-missing',
    true,
  ],
  ['invalid_request', 'missing required parameter: assertion', 'request-malformed', false],
  ['invalid_request', 'too many scopes requested', 'request-malformed', false],
  ['invalid_grant', 'ip restricted', 'ip-or-hours-restricted', false],
  ['invalid_grant', 'ip restricted or invalid login hours', 'ip-or-hours-restricted', false],
  ['inactive_user', 'user is inactive', 'user-inactive', false],
  ['inactive_org', 'organization is locked', 'org-inactive', false],
  ['rate_limit_exceeded', 'number of logins exceeded', 'rate-limit-exceeded', false],
  ['invalid_grant', 'authentication failure', 'authentication-failed', false],
  ['invalid_grant', 'invalid client credentials', 'authentication-failed', false],
  ['invalid_grant', 'user is locked', 'user-locked', false],
  ['unsupported_grant_type', 'grant type not supported', 'grant-type-unsupported', false],
  ['invalid_scope', 'the requested scope is not allowed', 'scope-refused', false],
  [
    'OAUTH_AUTHORIZATION_BLOCKED',
    'Cross-org OAuth flows are not supported for this external client app',
    'cross-org-blocked',
    false,
  ],
  ['OAUTH_APP_BLOCKED', 'this app is blocked by admin', 'app-blocked', false],
  ['invalid_grant', 'something that nobody has seen', 'unknown-error', false],
  ['invalid_grant', '', 'unknown-error', false],
  ['brand_new_error', 'with a text', 'unknown-error', false],
];

describe('error catalogue', () => {
  for (const [error, description, key, mayPass] of answers) {
    it(`judges ${error} "${description}" as ${key}`, () => {
      const verdict = judgeTokenAnswer(answer(400, { error, error_description: description }));

      expect(verdict).to.deep.equal({
        kind: 'refused',
        error,
        description,
        catalogueKey: key,
        mayBePropagation: mayPass,
      });
    });
  }

  it('has an answer here for each of its rows that an OAuth error leads to', () => {
    const judged = new Set(answers.map(([, , key]) => key));

    expect(errorCatalogue.filter((row) => row.error !== undefined && !judged.has(row.key))).to.deep.equal([]);
  });

  it('names no row twice', () => {
    const keys = errorCatalogue.map(({ key }) => key);

    expect(new Set(keys).size).to.equal(keys.length);
  });

  for (const row of errorCatalogue) {
    it(`${row.key}: has a cause, next steps that start with a verb, and no place left open`, () => {
      const { cause, actions } = adviseOn(row.key, context);

      expect(cause).to.match(/^[^A-Z].*[^.]$/);
      expect(actions).not.to.be.empty;
      for (const action of actions) expect(action).to.match(/^[A-Z][a-z-]+ /);
      expect([cause, ...actions].join()).not.to.match(/\{\w+\}/);
    });

    if (row.pattern && row.description) {
      it(`${row.key}: its pattern fits its own text`, () => {
        expect(findRow(row.error ?? '', row.description).key).to.equal(row.key);
      });
    }
  }

  describe('of servers that are no orgs', () => {
    /** RFC 6749 section 5.2 lists these six. */
    const standard = [
      ['invalid_request', 'request-malformed'],
      ['invalid_client', 'client-refused'],
      ['invalid_grant', 'grant-refused'],
      ['unauthorized_client', 'client-not-authorized'],
      ['unsupported_grant_type', 'grant-type-unsupported'],
      ['invalid_scope', 'scope-refused'],
      ['temporarily_unavailable', 'unknown-error'],
    ] as const;
    for (const [error, key] of standard) {
      it(`judges ${error} as ${key}, whatever its description, and never waits`, () => {
        const body = { error, error_description: "user hasn't approved this consumer" };

        expect(judgeTokenAnswer(answer(400, body), 'oauth2')).to.include({
          catalogueKey: key,
          mayBePropagation: false,
        });
      });
    }

    for (const { key } of oauthCatalogue) {
      it(`${key}: has a cause and next steps that start with a verb, without a word of Salesforce's`, () => {
        const { cause, actions } = adviseOn(key, {
          ...context,
          server: 'oauth2',
          instanceUrl: 'https://auth.example.com/token',
        });

        expect(cause).to.match(/^[^A-Z].*[^.]$/);
        expect(actions).not.to.be.empty;
        for (const action of actions) expect(action).to.match(/^[A-Z][a-z-]+ /);
        expect([cause, ...actions].join()).not.to.match(/\{\w+\}|salesforce|consumer key|My Domain|\bapp\b|\borg\b/i);
      });
    }
  });

  it('takes the error as it is written, whatever its case', () => {
    expect(findRow('INVALID_CLIENT_ID', undefined).key).to.equal('client-id-unknown');
  });

  it('puts what the request was made with into its texts', () => {
    const { cause } = adviseOn('audience-refused', context);

    expect(cause).to.include('https://login.salesforce.com does not fit https://acme.my.salesforce.com');
  });

  it('quotes a username for the shell, and lets nothing in it pass as a replacement pattern', () => {
    const { actions } = adviseOn('user-not-admin-approved', { ...context, username: "o'brien$&@example.com" });

    expect(actions[0]).to.match(/--on-behalf-of 'o'\\''brien\$&@example\.com'$/);
  });

  it('throws for a row that is not there: a mistake of a programmer', () => {
    expect(() => rowOf('nothing' as CatalogueKey)).to.throw(
      TypeError,
      'no row nothing in the error catalogue of salesforce',
    );
  });
});
