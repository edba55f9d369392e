import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import type { Verification } from '../../src/verify/verification-result.js';
import { verifyFlow, type VerifyInput } from '../../src/verify/verify-flow.js';
import {
  assignPermissionSet,
  hostOrgs,
  makeKeyPair,
  putConnectedApp,
  putExternalClientApp,
  startOfTest,
  type EcaOptions,
  type HostedOrg,
  type KeyPair,
} from '../unit/local-org/hosted-org.js';

const username = 'integration@jwt-server.local';

describe('verifyFlow against a local org', () => {
  let keys: KeyPair;
  let otherKeys: KeyPair;
  let server: HostedOrg;
  let sibling: HostedOrg;

  before(async () => {
    [keys, otherKeys] = await Promise.all([makeKeyPair(), makeKeyPair()]);
  });

  beforeEach(async () => {
    [server, sibling] = (await hostOrgs(['jwt-server', 'jwt-client'])) as [HostedOrg, HostedOrg];
  });

  afterEach(async () => {
    await Promise.all([server.close(), sibling.close()]);
  });

  const deploy = (options: EcaOptions = {}): void => {
    putExternalClientApp(server.org, { certificate: keys.certificatePem, permissionSet: 'Crm_Access', ...options });
  };

  const inputWith = (change: Partial<VerifyInput>, pair: KeyPair): VerifyInput => ({
    privateKey: createPrivateKey(pair.privateKeyPem),
    certificate: new X509Certificate(pair.certificatePem),
    clientId: 'CRM_KEY',
    username,
    instanceUrl: server.org.instanceUrl,
    expected: { orgId: server.org.id, scopes: ['Api', 'Web', 'RefreshToken'] },
    deadlineSeconds: 600,
    ...change,
  });

  /** Clocks of both sides move with each pause; `onSleep` is what happens in the org meanwhile. */
  const verify = (
    change: Partial<VerifyInput> = {},
    pair = keys,
    onSleep: (slept: number) => void = () => undefined,
  ) => {
    let slept = 0;
    return verifyFlow(inputWith(change, pair), {
      now: () => new Date(server.clock),
      sleep: (seconds) => {
        server.clock += seconds * 1000;
        onSleep((slept += 1));
        return Promise.resolve();
      },
      fetch: globalThis.fetch,
    });
  };

  const issueOf = ({ checks }: Verification): string =>
    checks.find(({ name }) => name === 'token-issued')?.detail ?? '';

  for (const [what, put] of [
    ['an External Client App', putExternalClientApp],
    ['a Connected App', putConnectedApp],
  ] as const) {
    it(`verifies ${what} with its certificate and a user who is assigned`, async () => {
      put(server.org, { certificate: keys.certificatePem, permissionSet: 'Crm_Access' });
      assignPermissionSet(server.org, username);
      const { checks, verified, orgId } = await verify();

      expect(checks.filter(({ status }) => status !== 'passed')).to.deep.equal([]);
      expect({ verified, orgId }).to.deep.equal({ verified: true, orgId: server.org.id });
      expect(server.faults).to.deep.equal([]);
    });
  }

  it('waits until the app and then the assignment are there', async () => {
    const { verified, checks } = await verify({}, keys, (slept) => {
      if (slept === 2) deploy();
      if (slept === 4) assignPermissionSet(server.org, username);
    });

    expect(verified).to.equal(true);
    expect(issueOf({ checks, verified })).to.match(/after 5 attempts in 50 seconds\.$/);
    expect(server.clock - startOfTest).to.equal(50_000);
  });

  const refusals: ReadonlyArray<
    readonly [what: string, prepare: () => void, change: () => Partial<VerifyInput>, expected: RegExp]
  > = [
    [
      'another consumer key',
      () => deploy(),
      () => ({ clientId: 'OTHER_KEY', deadlineSeconds: 0 }),
      /invalid_client_id, "client identifier invalid": the org knows no app/,
    ],
    [
      'a user without the permission set',
      () => deploy(),
      () => ({ deadlineSeconds: 0 }),
      /invalid_app_access, "user is not admin approved to access this app": the app is for users/,
    ],
    [
      'a user whom the org does not have',
      () => deploy(),
      () => ({ username: 'nobody@example.com', deadlineSeconds: 0 }),
      /invalid_grant, "user hasn't approved this consumer": /,
    ],
    [
      'an audience of somebody else',
      () => deploy(),
      () => ({ audience: 'https://acme.example' }),
      /invalid_grant, "audience is invalid": the audience https:\/\/acme\.example does not fit/,
    ],
    [
      'a login host as the audience of an External Client App',
      () => deploy(),
      () => ({ audience: 'https://login.salesforce.com' }),
      /app_not_found, "External client app is not installed in this org": /,
    ],
    [
      'the My Domain of another org',
      () => deploy(),
      () => ({ instanceUrl: sibling.org.instanceUrl }),
      /app_not_found, "External client app is not installed in this org": /,
    ],
    [
      'an app without the refresh token scope',
      () => deploy({ scopes: 'Api, Web' }),
      () => ({ deadlineSeconds: 0 }),
      /invalid_request, "refresh_token scope is required/,
    ],
  ];
  for (const [what, prepare, change, expected] of refusals) {
    it(`explains ${what} in the words of Salesforce`, async () => {
      prepare();
      const verification = await verify(change());

      expect(verification.verified).to.equal(false);
      expect(issueOf(verification)).to.match(expected);
    });
  }

  it('explains a key that does not belong to the certificate in the app', async () => {
    deploy();
    assignPermissionSet(server.org, username);

    expect(issueOf(await verify({}, otherKeys))).to.match(
      /invalid_client, "invalid client credentials": the signature/,
    );
  });

  it('does not send an assertion when the clock here is far behind', async () => {
    deploy();
    const { checks } = await verifyFlow(inputWith({}, keys), {
      now: () => new Date(server.clock - 3_600_000),
      sleep: () => Promise.resolve(),
      fetch: globalThis.fetch,
    });

    expect(checks.find(({ name }) => name === 'clock-skew')).to.include({ status: 'failed' });
    expect(issueOf({ checks, verified: false })).to.equal('Skipped: clock-skew failed.');
  });
});
