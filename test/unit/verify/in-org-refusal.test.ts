import { expect } from 'chai';
import { propagationIn, refusalIn } from '../../../src/verify/in-org-refusal.js';
import type { InOrgReport } from '../../../src/verify/in-org-report.js';

const failedWith = (more: Partial<InOrgReport>): InOrgReport => ({ issued: false, executed: true, ...more });
const exchange = 'System.CalloutException: Unable to complete the JWT token exchange.';

describe('refusalIn', () => {
  it('takes error and description as they are reported', () => {
    const report = failedWith({ error: 'invalid_client_id', errorDescription: 'client identifier invalid' });

    expect(refusalIn(report)).to.include({ catalogueKey: 'client-id-unknown', mayBePropagation: true });
    expect(refusalIn(report, 'oauth2')).to.include({ catalogueKey: 'unknown-error' });
  });

  for (const [what, detail] of [
    ['in one line', `${exchange} Error: invalid_client. Error description: invalid client credentials.`],
    ['in several lines', `${exchange}\nError: invalid_client. Error description: invalid client credentials.\n`],
    ['with two full stops', `${exchange} Error: invalid_client. Error description: invalid client credentials..`],
  ] as const) {
    it(`reads the answer of the token endpoint out of the words of a Named Credential, ${what}`, () => {
      expect(refusalIn(failedWith({ detail }))).to.include({
        error: 'invalid_client',
        description: 'invalid client credentials',
        catalogueKey: 'signature-refused',
      });
    });
  }

  it('does without a description', () => {
    expect(refusalIn(failedWith({ detail: `${exchange} Error: invalid_app_access.` }))).to.include({
      error: 'invalid_app_access',
      description: '',
    });
  });

  it('reads it also where the exception has a name of its own in the report', () => {
    const report = failedWith({
      error: 'System.CalloutException',
      errorDescription:
        'Unable to complete the JWT token exchange. Error: invalid_grant. Error description: audience is invalid.',
    });

    expect(refusalIn(report)).to.include({ catalogueKey: 'audience-refused' });
  });

  it('reads it out of the message of Auth.JWTBearerTokenExchange', () => {
    const detail =
      'Auth.JWTBearerTokenExchange.JWTBearerTokenExchangeException: Error 400: {"error":"invalid_grant","error_description":"expired authorization code"}';

    expect(refusalIn(failedWith({ detail }))).to.include({ catalogueKey: 'assertion-expired' });
  });

  for (const [what, more] of [
    ['an exception', { error: 'System.NoDataFoundException', errorDescription: 'Data Not Available' }],
    ['a fault of the generated class', { error: 'signing_failed', errorDescription: 'Certificate erp: odd' }],
    ['missing settings', { error: 'settings_missing', errorDescription: 'There is no record.' }],
    ['an exchange without a reason', { detail: exchange }],
    ['another text with an error in it', { detail: 'Error: this is no OAuth' }],
    ['an error without JSON', { detail: 'Error 500: <html>' }],
    ['JSON without an error', { detail: 'Error 200: {"access_token":"planted"}' }],
    ['nothing', {}],
  ] as const) {
    it(`takes ${what} for no answer of the token endpoint`, () => {
      expect(refusalIn(failedWith(more))).to.equal(undefined);
    });
  }

  it('finds none where there is a token', () => {
    expect(refusalIn({ issued: true, executed: true, status: 401, error: 'invalid_grant' })).to.equal(undefined);
  });
});

describe('propagationIn', () => {
  it('waits for an app that is not known yet, however it was told', () => {
    const worded = `${exchange} Error: invalid_client_id. Error description: client identifier invalid.`;

    expect(propagationIn(failedWith({ detail: worded }))).to.equal(
      'The server said invalid_client_id, "client identifier invalid"',
    );
    expect(propagationIn(failedWith({ detail: worded }), { signedHere: true })).not.to.equal(undefined);
  });

  it('waits for an exchange that failed without a reason, unless the same key got a token here', () => {
    expect(propagationIn(failedWith({ detail: exchange }))).to.equal(`The client org said "${exchange}"`);
    expect(propagationIn(failedWith({ detail: exchange }), { signedHere: true })).to.equal(undefined);
  });

  it('waits for nothing else', () => {
    expect(propagationIn(failedWith({ detail: "We couldn't access the credential(s)." }))).to.equal(undefined);
    expect(propagationIn(failedWith({ detail: 'Variable does not exist: ErpClient' }))).to.equal(undefined);
    expect(propagationIn(failedWith({ detail: exchange }), { server: 'oauth2' })).to.equal(undefined);
  });
});
