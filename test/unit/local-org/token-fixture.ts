import { expect } from 'chai';
import {
  assignPermissionSet,
  hostOrgs,
  makeKeyPair,
  putExternalClientApp,
  signAssertion,
  startOfTest,
  type Answer,
  type EcaOptions,
  type HostedOrg,
  type KeyPair,
} from './hosted-org.js';

export const integration = 'integration@jwt-server.local';
export const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const inThreeMinutes = startOfTest / 1000 + 180;

/** Two orgs for each test, the keys of a client, and what a client does with them. */
export function tokenFixture() {
  let keys: KeyPair;
  let otherKeys: KeyPair;
  let host: HostedOrg;
  let sibling: HostedOrg;

  before(async () => {
    [keys, otherKeys] = await Promise.all([makeKeyPair(), makeKeyPair()]);
  });

  beforeEach(async () => {
    const hosts = await hostOrgs(['jwt-server', 'jwt-client']);
    [host, sibling] = [hosts[0]!, hosts[1]!];
  });

  afterEach(async () => {
    await Promise.all([host.close(), sibling.close()]);
  });

  const token = (form: Readonly<Record<string, string>>, to = host): Promise<Answer> =>
    to.send('POST', '/services/oauth2/token', { body: new URLSearchParams(form), headers: { authorization: '' } });

  const claimsFor = (change: Readonly<Record<string, unknown>> = {}) => ({
    iss: 'CRM_KEY',
    sub: integration,
    aud: host.org.instanceUrl,
    exp: inThreeMinutes,
    ...change,
  });

  const ask = (change: Readonly<Record<string, unknown>> = {}, header?: Readonly<Record<string, unknown>>) =>
    token({ grant_type: grantType, assertion: signAssertion(keys.privateKeyPem, claimsFor(change), header) });

  const deployApproved = (options: EcaOptions = {}): void => {
    putExternalClientApp(host.org, { certificate: keys.certificatePem, permissionSet: 'Crm_Access', ...options });
    assignPermissionSet(host.org, integration);
  };

  const expectRefusal = ({ status, body }: Answer, error: string, description: string): void => {
    expect({ status, body: body as unknown }).to.deep.equal({
      status: 400,
      body: { error, error_description: description },
    });
  };

  return {
    get host() {
      return host;
    },
    get sibling() {
      return sibling;
    },
    get keys() {
      return keys;
    },
    get otherKeys() {
      return otherKeys;
    },
    token,
    claimsFor,
    ask,
    deployApproved,
    expectRefusal,
  };
}
