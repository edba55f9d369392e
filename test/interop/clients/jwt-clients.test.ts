import { expect } from 'chai';
import { JWT } from 'google-auth-library';
import jsonwebtoken from 'jsonwebtoken';
import * as openid from 'openid-client';
import { startClientOrg, type ClientOrg } from '../../helpers/client-org.js';

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Clients of RFC 7523 that know nothing of Salesforce, and share no code with our signer. */
describe('JWT clients from npm and a local org', () => {
  let org: ClientOrg;

  before(async () => {
    org = await startClientOrg('jwt-clients');
  });

  after(async () => {
    await org.close();
    expect(org.faults).to.deep.equal([]);
  });

  const statusWith = async (token: unknown): Promise<number> => {
    const headers = { authorization: `Bearer ${String(token)}` };
    return (await fetch(`${org.instanceUrl}/services/data/v67.0/limits`, { headers })).status;
  };

  const refusal = async (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => undefined,
      (error: unknown) => error,
    );

  describe('jsonwebtoken, which signs, and openid-client, which does the rest', () => {
    let server: openid.Configuration;

    before(async () => {
      const { instanceUrl, consumerKey, consumerSecret } = org;
      const secret = openid.ClientSecretPost(consumerSecret);
      server = await openid.discovery(new URL(instanceUrl), consumerKey, undefined, secret, {
        execute: [openid.allowInsecureRequests],
      });
    });

    const sign = (options: jsonwebtoken.SignOptions = {}): string =>
      jsonwebtoken.sign({}, org.privateKey, {
        algorithm: 'RS256',
        issuer: org.consumerKey,
        subject: org.username,
        audience: org.instanceUrl,
        expiresIn: 180,
        ...options,
      });

    const grant = (assertion: string) => openid.genericGrantRequest(server, grantType, { assertion });

    it('find the endpoints by discovery', () => {
      expect(server.serverMetadata().token_endpoint).to.equal(`${org.instanceUrl}/services/oauth2/token`);
    });

    it('get a token that opens the API', async () => {
      const answer = await grant(sign());
      expect(answer.token_type).to.equal('bearer');
      expect(answer.refresh_token).to.equal(undefined);
      expect(answer['instance_url']).to.equal(org.instanceUrl);
      expect(await statusWith(answer.access_token)).to.equal(200);
    });

    it('learn whose the token is, and how long it lives', async () => {
      const { access_token: token, id } = await grant(sign());
      const user = await openid.fetchUserInfo(server, token, id as string);
      expect(user).to.include({ preferred_username: org.username, organization_id: org.orgId });
      const told = await openid.tokenIntrospection(server, token);
      expect(told).to.include({ active: true, username: org.username, client_id: org.consumerKey });
      expect(Number(told.exp) - Number(told.iat)).to.equal(2 * 60 * 60);
    });

    it('end the token', async () => {
      const { access_token: token } = await grant(sign());
      await openid.tokenRevocation(server, token);
      expect(await statusWith(token)).to.equal(401);
      expect(await openid.tokenIntrospection(server, token)).to.deep.equal({ active: false });
    });

    const refused = {
      'an assertion that has expired': [{ expiresIn: -10 }, 'invalid_grant', 'expired authorization code'],
      'an assertion for somebody else': [{ audience: 'https://example.com' }, 'invalid_grant', 'audience is invalid'],
      'an app that nobody has': [{ issuer: 'nobody' }, 'invalid_client_id', 'client identifier invalid'],
    } as const;
    for (const [what, [options, error, description]] of Object.entries(refused)) {
      it(`are refused with ${what}`, async () => {
        const thrown = await refusal(grant(sign(options)));
        expect(thrown).to.be.instanceOf(openid.ResponseBodyError);
        expect(thrown).to.include({ error, error_description: description, status: 400 });
      });
    }
  });

  describe('google-auth-library', () => {
    /** Its token endpoint is a constant: requests for it go to the org instead. */
    function googleClient(claims: Readonly<Record<string, unknown>> = {}): JWT {
      const { consumerKey: email, username: subject, privateKey: key, instanceUrl: aud } = org;
      const client = new JWT({ email, subject, key, additionalClaims: { aud, ...claims } });
      client.transporter.interceptors.request.add({
        resolved: (request) => {
          if (request.url.href === 'https://oauth2.googleapis.com/token')
            request.url = new URL('/services/oauth2/token', org.instanceUrl);
          return Promise.resolve(request);
        },
      });
      return client;
    }

    it('gets a token that opens the API', async () => {
      const { access_token: token } = await googleClient().authorize();
      expect(await statusWith(token)).to.equal(200);
    });

    it('gets another when the first has ended', async () => {
      const client = googleClient();
      const first = String((await client.getAccessToken()).token);
      const body = new URLSearchParams({ token: first });
      await fetch(`${org.instanceUrl}/services/oauth2/revoke`, { method: 'POST', body });
      expect(await statusWith(first)).to.equal(401);
      expect(await statusWith((await client.getAccessToken()).token)).to.equal(200);
    });

    it('is refused in the words of Salesforce', async () => {
      const thrown = await refusal(googleClient({ sub: 'nobody@example.com' }).authorize());
      expect(String(thrown)).to.include("invalid_grant: user hasn't approved this consumer");
    });
  });
});
