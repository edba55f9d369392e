import { createKeyMaterial } from '../../src/keys/create.js';
import { askForToken, grantClaims, jwtBearerGrant, postToken, signedJwt } from '../assertion.js';
import { answered, shaped } from '../observe.js';
import type { Scenario } from '../scenario.js';

const tokenPath = '/services/oauth2/token';

/** What endpoints of OAuth say to requests that need no app. */
export const tokenRequestScenarios: readonly Scenario[] = [
  {
    name: 'token-by-get',
    effect: 'reads',
    probes: ['must use HTTP POST'],
    observe: async (org) => answered(await org.request('GET', tokenPath, { session: null })),
  },
  {
    name: 'token-without-grant-type',
    effect: 'reads',
    probes: ['grant type not supported'],
    observe: async (org) => answered(await postToken(org, {})),
  },
  {
    name: 'token-unknown-grant-type',
    effect: 'reads',
    probes: ['grant type not supported'],
    observe: async (org) => answered(await postToken(org, { grant_type: 'conformance' })),
  },
  {
    name: 'token-without-assertion',
    effect: 'reads',
    probes: ['missing required parameter: assertion'],
    observe: async (org) => answered(await postToken(org, { grant_type: jwtBearerGrant })),
  },
  {
    name: 'token-assertion-is-no-jwt',
    effect: 'reads',
    probes: ['refuses what is no JWT'],
    observe: async (org) => answered(await askForToken(org, 'conformance')),
  },
  {
    name: 'token-unknown-consumer-key',
    effect: 'reads',
    probes: ['client identifier invalid'],
    observe: async (org) => {
      const subject = { CN: 'Conformance' };
      const keys = await createKeyMaterial({ keySize: 2048, subject, validDays: 1, now: new Date() });
      return answered(await askForToken(org, signedJwt(keys, grantClaims(org, '3MVG9conformance'))));
    },
  },
  {
    name: 'token-repeated-parameter',
    effect: 'reads',
    probes: ['refuses a form that has a parameter twice'],
    observe: async (org) =>
      answered(
        await org.request('POST', tokenPath, {
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: 'grant_type=conformance&grant_type=conformance',
          session: null,
        }),
      ),
  },
  {
    name: 'openid-configuration',
    effect: 'reads',
    probes: ['Answers `/.well-known/openid-configuration`'],
    observe: async (org) => shaped(await org.request('GET', '/.well-known/openid-configuration', { session: null })),
  },
  {
    name: 'introspect-without-client',
    effect: 'reads',
    probes: ['a client that does not prove who it is'],
    observe: async (org) =>
      answered(
        await org.request('POST', '/services/oauth2/introspect', {
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: 'token=conformance',
          session: null,
        }),
      ),
  },
  {
    name: 'revoke-unknown-token',
    effect: 'reads',
    probes: ['for what does not look like a token of an org'],
    observe: async (org) =>
      answered(
        await org.request('POST', '/services/oauth2/revoke', {
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: 'token=conformance',
          session: null,
        }),
      ),
  },
  {
    name: 'userinfo-without-token',
    effect: 'reads',
    probes: ['Bad_OAuth_Token'],
    observe: async (org) => answered(await org.request('GET', '/services/oauth2/userinfo', { session: null })),
  },
  {
    name: 'userinfo-with-unknown-token',
    effect: 'reads',
    probes: ['Bad_OAuth_Token'],
    observe: async (org) => answered(await org.request('GET', '/services/oauth2/userinfo', { session: 'conformance' })),
  },
  {
    name: 'userinfo-members',
    effect: 'reads',
    probes: ['Answers `userinfo` with the claims'],
    observe: async (org) => shaped(await org.request('GET', '/services/oauth2/userinfo')),
  },
  {
    name: 'identity-members',
    effect: 'reads',
    probes: ['Leaves `{version}` in the `urls`'],
    observe: async (org) => shaped(await org.request('GET', `/id/${org.orgId}/${org.userId}`)),
  },
  {
    name: 'identity-without-token',
    effect: 'reads',
    probes: ['Bad_OAuth_Token'],
    observe: async (org) => answered(await org.request('GET', `/id/${org.orgId}/${org.userId}`, { session: null })),
  },
  {
    name: 'identity-of-nobody',
    effect: 'reads',
    probes: ['Bad_Id'],
    observe: async (org) => answered(await org.request('GET', `/id/${org.orgId}/005000000000000AAA`)),
  },
];
