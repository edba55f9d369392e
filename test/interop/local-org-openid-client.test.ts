import { expect } from 'chai';
import * as client from 'openid-client';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { HostedOrg } from '../unit/local-org/hosted-org.js';
import {
  assignPermissionSet,
  hostOrgs,
  makeKeyPair,
  putExternalClientApp,
  signAssertion,
  startOfTest,
} from '../unit/local-org/hosted-org.js';
import { addElements, issueJwts } from '../unit/local-org/oauth/add-elements.js';

const integration = 'integration@jwt-server.local';
const secret = 'aSecret/+==';

describe('openid-client against a local org', () => {
  let host: HostedOrg;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-server']))[0]!;
  });

  afterEach(() => host.close());

  /** Discovers the org as a client does, with loopback for HTTPS. */
  const discover = (method: client.ClientAuth): Promise<client.Configuration> =>
    client.discovery(new URL(host.org.instanceUrl), 'CRM_KEY', secret, method, {
      execute: [client.allowInsecureRequests],
    });

  async function grant(configuration: client.Configuration): Promise<client.TokenEndpointResponse> {
    const keys = await makeKeyPair();
    putExternalClientApp(host.org, { certificate: keys.certificatePem, permissionSet: 'Crm_Access' });
    addElements(host.org, 'ExtlClntAppGlobalOauthSettings', `<consumerSecret>${secret}</consumerSecret>`);
    issueJwts(host.org);
    assignPermissionSet(host.org, integration);
    const claims = { iss: 'CRM_KEY', sub: integration, aud: host.org.instanceUrl, exp: startOfTest / 1000 + 180 };
    const assertion = signAssertion(keys.privateKeyPem, claims);
    const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    return client.genericGrantRequest(configuration, grantType, { assertion });
  }

  const methods = {
    client_secret_post: client.ClientSecretPost(secret),
    client_secret_basic: client.ClientSecretBasic(secret),
  };

  for (const [name, method] of Object.entries(methods)) {
    it(`discovers it, gets a token, introspects and revokes it, with ${name}`, async () => {
      const configuration = await discover(method);
      const metadata = configuration.serverMetadata();
      expect(metadata.issuer).to.equal(host.org.instanceUrl);
      expect(metadata.token_endpoint_auth_methods_supported).to.include(name);

      const { access_token: token, scope } = await grant(configuration);
      expect(scope).to.equal('api web');
      const keys = createRemoteJWKSet(new URL(metadata.jwks_uri ?? ''));
      const currentDate = new Date(host.clock);
      const { payload } = await jwtVerify(token, keys, { issuer: metadata.issuer, currentDate });
      expect(payload['client_id']).to.equal('CRM_KEY');

      const known = await client.tokenIntrospection(configuration, token);
      expect([known.active, known.username, known.client_id]).to.deep.equal([true, integration, 'CRM_KEY']);
      const info = await client.fetchUserInfo(configuration, token, client.skipSubjectCheck);
      expect(info['preferred_username']).to.equal(integration);

      await client.tokenRevocation(configuration, token);
      expect(await client.tokenIntrospection(configuration, token)).to.deep.equal({ active: false });
    });
  }

  it('is told why a request is refused', async () => {
    const configuration = await discover(client.ClientSecretPost('wrong'));
    putExternalClientApp(host.org, {});
    const refusal = await client.tokenIntrospection(configuration, 'any').catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(client.ResponseBodyError);
    const { status, error } = refusal as client.ResponseBodyError;
    expect([status, error]).to.deep.equal([401, 'invalid_client']);
    const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    const ungranted = await client
      .genericGrantRequest(configuration, grantType, { assertion: 'abc' })
      .catch((error: unknown) => error);
    expect((ungranted as client.ResponseBodyError).error_description).to.equal('invalid assertion');
  });
});
