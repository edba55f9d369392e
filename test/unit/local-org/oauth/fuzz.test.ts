import { expect } from 'chai';
import { parseAssertion } from '../../../../src/local-org/oauth/assertion.js';
import { judgeAssertion } from '../../../../src/local-org/oauth/jwt-bearer.js';
import { signAssertion, startOfTest } from '../hosted-org.js';
import { grantType, integration, tokenFixture } from '../token-fixture.js';
import { addElements } from './add-elements.js';
import { damaged, seeded, type Seeded } from './seeded.js';

const values: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'x',
  '9'.repeat(400),
  [],
  {},
  [[]],
  { toString: 1 },
  '__proto__',
  'login.salesforce.com',
];
const claimNames = ['iss', 'sub', 'prn', 'aud', 'exp', 'nbf', 'scope', 'jti', '__proto__', 'constructor'];

describe('damaged requests to the OAuth endpoints of a local org', () => {
  const fixture = tokenFixture();
  const { claimsFor, deployApproved } = fixture;

  /** Claims of which one or a few are of a kind that they should not be. */
  const oddClaims = (random: Seeded): Record<string, unknown> => {
    const odd = Array.from({ length: 1 + random.below(3) }, () => [random.pick(claimNames), random.pick(values)]);
    return { ...claimsFor(), ...(Object.fromEntries(odd) as Record<string, unknown>) };
  };

  it('never trips the parser of assertions, and never pass for what was signed', async () => {
    deployApproved();
    const random = seeded(20260601);
    const whole = signAssertion(fixture.keys.privateKeyPem, claimsFor());
    const [header, claims] = whole.split('.');
    for (let round = 0; round < 1500; round += 1) {
      const compact = damaged(whole, random);
      const parsed = parseAssertion(compact);
      expect(parsed === undefined || typeof parsed.claims === 'object').to.equal(true);
      const grant = await judgeAssertion(fixture.host.org, { compact });
      const isSame = compact.startsWith(`${header}.${claims}.`);
      expect(grant.kind === 'refused' || isSame, `round ${round} was granted a token`).to.equal(true);
    }
  });

  it('are judged whatever the claims are, as long as they are signed', async () => {
    deployApproved();
    const random = seeded(7523);
    const user = fixture.host.org.records.all('User').find(({ Username }) => Username === integration);
    for (let round = 0; round < 300; round += 1) {
      const compact = signAssertion(fixture.keys.privateKeyPem, oddClaims(random));
      const grant = await judgeAssertion(fixture.host.org, { compact });
      if (grant.kind === 'granted') expect(grant.user.Id, `round ${round}`).to.equal(user?.Id);
    }
  });

  it('are answered by every endpoint without a fault', async function () {
    this.timeout(60_000);
    deployApproved();
    const globalSettings = 'ExtlClntAppGlobalOauthSettings';
    addElements(fixture.host.org, globalSettings, '<consumerSecret>secret</consumerSecret>');
    const random = seeded(6749);
    const assertion = signAssertion(fixture.keys.privateKeyPem, claimsFor({ exp: startOfTest }));
    const form = new URLSearchParams({
      grant_type: grantType,
      assertion,
      token: fixture.host.admin,
      client_id: 'CRM_KEY',
      client_secret: 'secret',
      callback: 'done',
    }).toString();
    const paths = ['token', 'introspect', 'revoke', 'userinfo', 'singleaccess'].map(
      (name) => `/services/oauth2/${name}`,
    );
    const id = `/id/${fixture.host.org.id}/${fixture.host.org.id}`;
    const types = ['application/x-www-form-urlencoded', 'application/json', 'multipart/form-data', 'x', ''];
    const statuses = new Set<number>();
    for (let round = 0; round < 400; round += 1) {
      const method = random.pick(['POST', 'POST', 'GET', 'PUT', 'DELETE']);
      const path = random.pick([...paths, id, '/id/keys', '/.well-known/openid-configuration']);
      const query = new URLSearchParams({ [random.pick(['token', 'version', 'format'])]: damaged('a', random) });
      const { status, text } = await fixture.host.send(method, `${path}?${query.toString()}`, {
        body: method === 'GET' ? undefined : damaged(form, random),
        headers: {
          'content-type': random.pick(types),
          authorization: random.pick(['', 'Bearer', 'Bearer x', 'Basic', 'Basic Og==', 'Basic %%%', 'x y']),
        },
      });
      statuses.add(status);
      expect(/\n\s+at |node:|\.ts:/.test(text), `${method} ${path} shows a stack, round ${round}`).to.equal(false);
    }
    expect([...statuses].filter((status) => status >= 500 || status < 200)).to.deep.equal([]);
    expect(fixture.host.faults).to.deep.equal([]);
  });
});
