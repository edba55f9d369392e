import { inspect } from 'node:util';
import { expect } from 'chai';
import { judgeTokenAnswer } from '../../../src/verify/token-verdict.js';
import { answer } from './material.js';

const granted = {
  access_token: 'planted-token-value',
  instance_url: 'https://acme.my.salesforce.com',
  id: 'https://login.salesforce.com/id/00D000000000001AAA/005000000000001AAA',
  token_type: 'Bearer',
  scope: 'api web',
};

describe('judgeTokenAnswer', () => {
  it('takes a token out of an answer, and keeps it out of sight', () => {
    const verdict = judgeTokenAnswer(answer(200, granted));

    expect(verdict).to.include({
      kind: 'issued',
      instanceUrl: granted.instance_url,
      identityUrl: granted.id,
      scope: 'api web',
      tokenFormat: 'opaque',
    });
    expect(verdict.kind === 'issued' && verdict.accessToken.reveal() === granted.access_token).to.equal(true);
    expect((JSON.stringify(verdict) + inspect(verdict)).includes('planted')).to.equal(false);
  });

  it('tells a token in JWT format, which SOAP does not take', () => {
    expect(judgeTokenAnswer(answer(200, { ...granted, token_format: 'jwt' }))).to.include({ tokenFormat: 'jwt' });
  });

  it('takes the type Bearer in any case, and none at all', () => {
    expect(judgeTokenAnswer(answer(200, { ...granted, token_type: 'bearer' })).kind).to.equal('issued');
    expect(judgeTokenAnswer(answer(200, { access_token: 'x' })).kind).to.equal('issued');
  });

  it('refuses a token of another type (RFC 6749 section 7.1)', () => {
    expect(judgeTokenAnswer(answer(200, { ...granted, token_type: 'mac' }))).to.deep.equal({
      kind: 'malformed',
      catalogueKey: 'not-oauth',
      detail: 'a token of type "mac", not Bearer',
    });
  });

  it('takes an error for one whatever the status', () => {
    expect(judgeTokenAnswer(answer(200, { error: 'invalid_grant' })).kind).to.equal('refused');
    expect(judgeTokenAnswer(answer(503, { error: 'invalid_grant' })).kind).to.equal('refused');
  });

  it('takes an unknown error of a server that is down for just that', () => {
    const body = { error: 'unknown_error', error_description: 'retry your request' };
    expect(judgeTokenAnswer(answer(503, body))).to.include({ kind: 'unavailable', detail: 'HTTP 503' });
    expect(judgeTokenAnswer(answer(400, body)).kind).to.equal('refused');
  });

  it('cleans the texts of an error that it does not know', () => {
    const verdict = judgeTokenAnswer(
      answer(400, { error: 'odd\u001b[2J', error_description: `line\none ${'x'.repeat(400)}` }),
    );

    expect(verdict).to.deep.include({ kind: 'refused', error: 'odd [2J', catalogueKey: 'unknown-error' });
    expect(verdict.kind === 'refused' && verdict.description).to.match(/^line one x{291}…$/);
  });

  const unavailable = [
    [
      'a redirect',
      answer(302, '', { location: 'https://other.example/x?assertion=secret' }),
      'redirected',
      'HTTP 302 to https://other.example/x',
    ],
    ['a redirect to nowhere', answer(301, ''), 'redirected', 'HTTP 301 without saying where to'],
    ['a maintenance page', answer(503, '<html>Down</html>'), 'server-unavailable', 'HTTP 503'],
    ['a fault of the server', answer(500, {}), 'server-unavailable', 'HTTP 500'],
    ['a web page', answer(200, 'Log in here'), 'web-page', 'HTTP 200 with a web page'],
    [
      'a web page that says it is none',
      answer(404, ' \n<!DOCTYPE html>', { contentType: 'text/plain' }),
      'web-page',
      'HTTP 404 with a web page',
    ],
  ] as const;
  for (const [what, given, catalogueKey, detail] of unavailable) {
    it(`takes ${what} for an org that is not available`, () => {
      expect(judgeTokenAnswer(given)).to.deep.equal({ kind: 'unavailable', catalogueKey, detail });
    });
  }

  const malformed = [
    ['no JSON', answer(200, 'ok', { contentType: 'text/plain' }), 'HTTP 200 with a body that is not a JSON object'],
    ['a list', answer(200, []), 'HTTP 200 with a body that is not a JSON object'],
    ['null', answer(200, null), 'HTTP 200 with a body that is not a JSON object'],
    ['an empty object', answer(200, {}), 'HTTP 200 with neither an access token nor an error'],
    ['an empty token', answer(200, { access_token: '' }), 'HTTP 200 with neither an access token nor an error'],
    ['a number for a token', answer(200, { access_token: 1 }), 'HTTP 200 with neither an access token nor an error'],
    ['a token with status 201', answer(201, granted), 'HTTP 201 with neither an access token nor an error'],
    [
      'no answer without a content type',
      { kind: 'answer', status: 404, headers: {}, body: '' },
      'HTTP 404 with a body that is not a JSON object',
    ],
  ] as const;
  for (const [what, given, detail] of malformed) {
    it(`takes ${what} for malformed`, () => {
      expect(judgeTokenAnswer(given)).to.deep.equal({ kind: 'malformed', catalogueKey: 'not-oauth', detail });
    });
  }
});
