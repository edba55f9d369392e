import { expect } from 'chai';
import { claimText } from '../../../src/artifacts/names.js';
import { namedCredentialValues, refuseUnfitServer } from '../../../src/artifacts/named-credential-values.js';
import { claimValue } from '../../../src/local-org/callouts/claim-value.js';
import type { OAuthServer } from '../../../src/config/connection.js';
import { hostileStrings } from './hostile-strings.js';
import {
  credentialsOf,
  legacyClient,
  parameterOf,
  rootOf,
  securedClient,
  serverGrant,
} from './named-credential-fixture.js';
import { refusal } from './refusal.js';

describe('claims that a legacy Named Credential has no field for', () => {
  it('are refused, each by its name', () => {
    for (const act of [
      () => namedCredentialValues(legacyClient, serverGrant),
      () => refuseUnfitServer(legacyClient, { type: 'oauth2', username: 'u', ...serverGrant }),
    ]) {
      const error = refusal(act);
      expect(error?.key).to.equal('legacyCredentialClaims');
      expect(error?.tokens).to.deep.equal(['Erp_Api', 'tenant, level, test']);
      expect(error?.exitCode).to.equal(2);
    }
  });
});

describe('values that a Named Credential would not take as they are', () => {
  const server: OAuthServer = { type: 'oauth2', username: 'svc', ...serverGrant, claims: {} };
  const url = (host: string): string => `https://${host}.example.com/{!$User.Id}`;

  for (const [field, change] of [
    ['username', { username: '{!$User.Username}' }],
    ['issuer', { issuer: 'a{!b}' }],
    ['audience', { audience: 'a{!b}' }],
    ['token scope', { scope: 'session:role:{!$Organization.Name}' }],
    ['token endpoint', { tokenEndpoint: url('auth') }],
    ['base URL', { baseUrl: url('api') }],
    ['claim', { claims: { tenant: '{!NOW()}' } }],
    ['claim', { claims: { '{!tenant}': 1 } }],
  ] as const) {
    it(`are refused by name: ${field} ${JSON.stringify(Object.values(change)[0])}`, () => {
      const unfit: OAuthServer = { ...server, ...change };
      for (const act of [
        () => refuseUnfitServer(securedClient, unfit),
        () => namedCredentialValues(securedClient, { ...unfit, subject: unfit.username }),
      ]) {
        const error = refusal(act);
        expect(error?.key).to.equal('refusedValue');
        expect(error?.tokens[0]).to.equal(field);
        expect(error?.tokens[2]).to.include('"{!" for the beginning of a formula');
      }
    });
  }

  it('are refused of an org too: its user may have such a name', () => {
    const app = {
      type: 'external-client-app',
      name: 'A',
      label: 'A',
      contactEmail: 'a@b.co',
      scopes: [],
      permissionSet: 'A',
    } as const;
    const act = () => refuseUnfitServer(securedClient, { type: 'salesforce', org: 'o', username: 'a{!b}@c.de', app });
    expect(refusal(act)?.tokens[0]).to.equal('username');
  });

  for (const [field, key] of [
    ['token endpoint', 'tokenEndpoint'],
    ['base URL', 'baseUrl'],
  ] as const) {
    it(`are refused by name: a ${field} over the size of its field`, () => {
      const fits = `https://a.example.com/${'p'.repeat(978)}`;
      expect(fits).to.have.length(1000);
      expect(refusal(() => refuseUnfitServer(legacyClient, { ...server, [key]: fits }))).to.equal(undefined);
      const error = refusal(() => refuseUnfitServer(legacyClient, { ...server, [key]: `${fits}p` }));
      expect([error?.tokens[0], error?.tokens[2]]).to.deep.equal([
        field,
        'a Named Credential holds URLs of at most 1000 characters',
      ]);
    });
  }
});

/** How a claim is read (see `claimValue`): JSON where it is JSON, text otherwise. */
function readClaim(written: string): unknown {
  try {
    return JSON.parse(written) as unknown;
  } catch {
    return written;
  }
}

describe('hostile values', () => {
  it('come back out of the XML as exactly themselves, or are refused by name: 1,000 of them in each place', () => {
    const outcomes = hostileStrings(1000, 20261126).map((text) => {
      const server = {
        ...serverGrant,
        type: 'oauth2',
        username: text,
        issuer: text,
        audience: text,
        scope: text,
      } as const;
      const unfit = refusal(() => claimText('issuer', text)) ?? refusal(() => refuseUnfitServer(securedClient, server));
      if (unfit) {
        expect(unfit.key).to.equal('refusedValue');
        expect(unfit.tokens[0]).to.be.oneOf(['issuer', 'username']);
        return 'refused';
      }
      const grant = { ...server, subject: text, claims: { [text]: text } };
      const root = rootOf(credentialsOf(securedClient, grant).get('ExternalCredential'));
      const claims = ['iss', 'sub', text].map((name) => parameterOf(root, 'JwtBodyClaim', name) ?? '');
      expect(claims.map(readClaim), JSON.stringify(text)).to.deep.equal([text, text, text]);
      const inLocalOrg = claims.map((claim, at) => claimValue(['iss', 'sub', text][at] ?? '', claim, 0));
      expect(inLocalOrg, JSON.stringify(text)).to.deep.equal([text, text, text]);
      expect(JSON.parse(parameterOf(root, 'JwtBodyClaim', 'aud') ?? ''), JSON.stringify(text)).to.equal(text);
      expect(parameterOf(root, 'AuthParameter', 'Scope'), JSON.stringify(text)).to.equal(text);

      const old = rootOf(credentialsOf(legacyClient, { ...grant, claims: {} }).get('NamedCredential'));
      expect([old['jwtIssuer'], old['jwtTextSubject'], old['oauthScope']]).to.deep.equal([text, text, text]);
      expect(JSON.parse(old['jwtAudience'] as string)).to.equal(text);
      return 'taken';
    });
    expect(outcomes.filter((outcome) => outcome === 'taken')).to.have.length.greaterThan(150);
    expect(outcomes.filter((outcome) => outcome === 'refused')).to.have.length.greaterThan(300);
  });
});
