import { expect } from 'chai';
import { X509Certificate } from 'node:crypto';
import {
  putLegacyCredential,
  putPrincipalAccess,
  putSecuredEndpoint,
  secondsFormula,
  type CredentialOptions,
} from './credential-files.js';
import { assignPermissionSet, hostOrgs, makeKeyPair, startOfTest, type HostedOrg, type KeyPair } from './hosted-org.js';
import { startTokenServer, type TokenServer } from './token-server.js';

const now = startOfTest / 1000;

describe('POST /_local/named-credential, to a server that is not Salesforce', () => {
  let keys: KeyPair;
  let publicKey: string;
  let client: HostedOrg;
  let server: TokenServer;

  before(async () => {
    keys = await makeKeyPair();
    publicKey = new X509Certificate(keys.certificatePem).publicKey.export({ type: 'spki', format: 'pem' }).toString();
  });

  beforeEach(async () => {
    [client, server] = [(await hostOrgs(['jwt-client']))[0]!, await startTokenServer()];
    client.org.keyPairs.set('crm', { privateKeyPem: keys.privateKeyPem, certificatePem: keys.certificatePem });
    putPrincipalAccess(client.org, 'Erp_Callouts', 'My_Erp-Integration');
    assignPermissionSet(client.org, 'admin@jwt-client.local', 'Erp_Callouts');
  });

  afterEach(async () => {
    await Promise.all([client.close(), server.close()]);
  });

  const call = async (options: Partial<CredentialOptions> = {}, path = '/orders?open=1', method?: string) => {
    putSecuredEndpoint(client.org, {
      tokenEndpoint: `${server.origin}/token`,
      url: `${server.origin}/api`,
      ...options,
    });
    const json = { namedCredential: 'My_Erp', path, ...(method && { method }) };
    return (await client.send('POST', '/_local/named-credential', { json })).body as Record<string, unknown>;
  };

  const assertion = async (options: Partial<CredentialOptions>) => {
    await call(options);
    return server.assertions()[0]!;
  };

  it('posts the assertion and the scope, then calls address and path with the token', async () => {
    expect(await call({ scope: 'orders read' }, '/orders?open=1', 'post')).to.deep.equal({
      issued: true,
      status: 200,
    });
    const [token, api] = server.received;
    expect(token).to.include({ method: 'POST', path: '/token', authorization: undefined });
    expect([...token!.form.keys()]).to.deep.equal(['grant_type', 'assertion', 'scope']);
    expect(token!.form.get('grant_type')).to.equal('urn:ietf:params:oauth:grant-type:jwt-bearer');
    expect(token!.form.get('scope')).to.equal('orders read');
    expect(api).to.include({ method: 'POST', path: '/api/orders?open=1', authorization: 'Bearer token-1' });
  });

  it('signs what the credential says, each claim in its own type', async () => {
    const claims = {
      iss: '12345',
      sub: '"quoted@acme.com"',
      aud: '["https://a.example","https://b.example"]',
      exp: secondsFormula(' + 60'),
      nbf: secondsFormula(' - 30'),
      tenant: '"7"',
      level: '3',
      beta: 'true',
      plain: 'a "b" c',
    };
    const signed = await assertion({ claims, headers: { alg: 'RS256', typ: 'JWT', kid: '"key-1"' } });
    expect(signed.isSignedBy(publicKey)).to.equal(true);
    expect(signed.header).to.deep.equal({ alg: 'RS256', typ: 'JWT', kid: 'key-1' });
    expect(signed.claims).to.deep.equal({
      iss: '12345',
      sub: 'quoted@acme.com',
      aud: ['https://a.example', 'https://b.example'],
      exp: now + 60,
      nbf: now - 30,
      iat: now,
      tenant: '7',
      level: 3,
      beta: true,
      plain: 'a "b" c',
    });
  });

  it('changes no digit of a number, and reads no text claim of the header as anything else', async () => {
    const claims = { big: '12345678901234567890', exact: '1.50', small: '-7', id: '"0012"', tenant: '007' };
    const signed = await assertion({ claims, headers: { alg: 'RS256', typ: 'true', kid: '42' } });
    expect(signed.header).to.deep.equal({ alg: 'RS256', typ: 'true', kid: '42' });
    const { iat: _iat, nbf: _nbf, exp: _exp, ...own } = signed.claims;
    expect(own).to.deep.equal({ ...claims, small: -7, id: '0012' });
  });

  it('adds what the platform adds: header, times and two minutes of validity', async () => {
    const signed = await assertion({ claims: { iss: 'a', sub: 'b', aud: '"c"' } });
    expect(signed.header).to.deep.equal({ alg: 'RS256', typ: 'JWT', kid: 'crm' });
    expect(signed.claims).to.deep.equal({ iss: 'a', sub: 'b', aud: 'c', iat: now, nbf: now, exp: now + 120 });
  });

  it('signs with RS512 where it is asked to, and with nothing else', async () => {
    const signed = await assertion({ headers: { alg: 'RS512' } });
    expect(signed.header['alg']).to.equal('RS512');
    expect(signed.isSignedBy(publicKey)).to.equal(true);
    expect((await call({ headers: { alg: 'none' } }))['errorDescription']).to.equal(
      'Not an algorithm for JWT claims: none',
    );
  });

  it('evaluates the seconds formula wherever its offset and its spaces stand, and no other', async () => {
    const seconds = async (exp: string) => (await call({ claims: { exp } }), server.assertions().at(-1)!.claims['exp']);
    expect(await seconds('{!TEXT(FLOOR((NOW()-DATETIMEVALUE("1970-01-01 00:00:00"))*86400)+180)}')).to.equal(now + 180);
    expect(await seconds('{! Text( FLOOR( (NOW() - DATETIMEVALUE("1970-01-01 00:00:00")) * 86400 + 7 ) ) }')).to.equal(
      now + 7,
    );
    const count = server.received.length;
    for (const exp of ['{!$Organization.Id}', `${secondsFormula()} + 1`, secondsFormula(' * 2'), '{!process.exit()}']) {
      expect((await call({ claims: { exp } }))['errorDescription']).to.equal(
        'A local org cannot evaluate the formula of the claim "exp": it knows the seconds since 1970 only, with an offset.',
      );
    }
    expect(server.received).to.have.length(count);
  });

  it('gets one new token where the API answers 401, and no third', async () => {
    server.answer = ({ path }, count) =>
      path === '/token' ? { body: { access_token: `token-${count}` } } : { status: count === 2 ? 401 : 200 };
    expect(await call()).to.deep.equal({ issued: true, status: 200 });
    expect(server.received.map(({ authorization }) => authorization)).to.deep.equal([
      undefined,
      'Bearer token-1',
      undefined,
      'Bearer token-3',
    ]);
    server.received.length = 0;
    server.answer = ({ path }) => (path === '/token' ? { body: { access_token: 'x-token' } } : { status: 401 });
    expect(await call()).to.deep.equal({ issued: true, status: 401 });
    expect(server.received).to.have.length(4);
  });

  it('sends no token where it is told not to', async () => {
    await call({ sendsToken: false });
    expect(server.received[1]).to.include({ path: '/api/orders?open=1', authorization: undefined });
  });

  it('leaves out of its answer whatever holds the token or the assertion', async () => {
    server.answer = ({ path, authorization }) =>
      path === '/token'
        ? { body: { access_token: 'secret-token', scope: 'for secret-token' } }
        : { status: 400, body: { error: 'bad', error_description: authorization } };
    expect(await call()).to.deep.equal({ issued: true, status: 400, error: 'bad' });
    server.answer = ({ form }) => ({ status: 400, body: { error: 'bad', error_description: form.get('assertion') } });
    expect(await call()).to.deep.equal({ issued: false, status: 400, error: 'bad' });
  });

  it('leaves out the first token and the first assertion as well where it got a second', async () => {
    const echo = (said: (tokens: readonly string[], assertions: readonly (string | null)[]) => unknown) => {
      const [tokens, assertions]: [string[], (string | null)[]] = [[], []];
      server.answer = ({ path, form }, count) => {
        if (path !== '/token')
          return { status: 401, body: { error: 'bad', error_description: said(tokens, assertions) } };
        tokens.push(`secret-${count}`);
        assertions.push(form.get('assertion'));
        // Else both assertions of one second would be the same text.
        client.clock += 1000;
        return { body: { access_token: tokens.at(-1) } };
      };
    };
    for (const said of [
      (tokens: readonly string[]) => `again: ${tokens[0]}`,
      (_: unknown, assertions: readonly unknown[]) => `again: ${String(assertions[0])}`,
    ]) {
      server.received.length = 0;
      echo(said);
      expect(await call()).to.deep.equal({ issued: true, status: 401, error: 'bad' });
      expect(server.received).to.have.length(4);
    }
  });

  const unsignable: readonly Readonly<Record<string, string>>[] = [
    { crit: '["exp"]' },
    { crit: '7' },
    { b64: 'false', crit: '["b64"]' },
  ];
  for (const headers of unsignable) {
    it(`says that it cannot sign the header ${JSON.stringify(headers)}`, async () => {
      const result = await call({ headers });
      expect(result).to.include({ issued: false, status: 0, error: 'System.CalloutException' });
      expect(result['errorDescription']).to.match(/^A local org cannot sign this assertion: /);
      expect(server.received).to.deep.equal([]);
    });
  }

  it('tells a token endpoint that gives no token, and one that does not answer', async () => {
    server.answer = () => ({ body: [] });
    expect(await call()).to.deep.equal({
      issued: false,
      status: 200,
      errorDescription: 'The token endpoint answered without an access token.',
    });
    await server.close();
    expect(await call()).to.deep.equal({
      issued: false,
      status: 0,
      error: 'System.CalloutException',
      errorDescription: `${server.origin}/token did not answer.`,
    });
  });

  it('follows no redirect', async () => {
    server.answer = ({ path }) => (path === '/token' ? { body: { access_token: 't-oken' } } : { status: 302 });
    expect(await call()).to.deep.equal({ issued: true, status: 302 });
  });

  it('signs four claims for a legacy Named Credential, two minutes where it gives no time, and sends its scope', async () => {
    const fields = {
      authTokenEndpointUrl: `${server.origin}/token`,
      endpoint: `${server.origin}/api`,
      jwtAudience: '"erp"',
      jwtIssuer: 'me',
      jwtSigningCertificate: 'crm',
      jwtTextSubject: 'service',
      oauthScope: 'orders',
      protocol: 'JwtExchange',
    };
    const validities: readonly Record<string, string>[] = [{}, { jwtValidityPeriodSeconds: '60' }];
    for (const validity of validities) {
      putLegacyCredential(client.org, { ...fields, ...validity });
      const json = { namedCredential: 'Old_Erp', path: '/orders' };
      expect((await client.send('POST', '/_local/named-credential', { json })).body).to.include({ issued: true });
    }
    const [first, second] = server.assertions();
    expect(first!.header).to.deep.equal({ alg: 'RS256' });
    expect(first!.claims).to.deep.equal({ iss: 'me', sub: 'service', aud: 'erp', exp: now + 120 });
    expect(second!.claims['exp']).to.equal(now + 60);
    expect(server.received[0]!.form.get('scope')).to.equal('orders');
    expect(server.received[1]!.path).to.equal('/api/orders');
  });
});
