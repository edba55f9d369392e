import { expect } from 'chai';
import type { Claims, Connection, OrgClient, Server } from '../../../src/config/connection.js';
import { validateConnection } from '../../../src/config/validate.js';
import { apexConnection, externalConnection } from '../../helpers/connections.js';
import { refusal } from '../artifacts/refusal.js';

const server: Server = {
  type: 'oauth2',
  username: 'svc-crm',
  issuer: 'crm',
  audience: 'https://auth.example.com/',
  tokenEndpoint: 'https://auth.example.com/token',
  baseUrl: 'https://api.example.com/v1',
};
const base = { org: 'crm', classPrefix: 'Erp', invocable: true, queueable: true } as const;
const apex: OrgClient = { type: 'apex', ...base, settings: 'inline' };
const secured: OrgClient = {
  type: 'named-credential',
  ...base,
  namedCredential: 'Erp',
  principal: 'Integration',
  permissionSet: 'Erp_Callouts',
};
const legacy: OrgClient = { type: 'legacy-named-credential', ...base, namedCredential: 'Erp' };

const between = (from: OrgClient, to: Server = server): Connection => ({
  ...apexConnection(),
  server: to,
  client: from,
});
const url1000 = `https://a.example.com/${'p'.repeat(978)}`;

describe('validateConnection', () => {
  for (const client of [apex, secured, legacy]) {
    it(`takes the client type ${client.type} for an org and for another server`, () => {
      for (const connection of [between(client), between(client, apexConnection().server)]) {
        expect(validateConnection(connection)).to.equal(connection);
      }
    });
  }

  it('refuses a connection between no orgs at all', () => {
    const error = refusal(() => validateConnection({ ...externalConnection(), server }));
    expect([error?.key, error?.tokens, error?.exitCode]).to.deep.equal(['clientTypeUnfit', ['erp'], 2]);
  });

  for (const [field, takes, refuses] of [
    [
      'username',
      ['svc', 'a b', '日本', 'x'.repeat(255)],
      ['', ' a', 'a ', 'a\nb', 'a\u0000', '\uD800', 'x'.repeat(256)],
    ],
    ['issuer', ['crm', 'svc@project.iam.gserviceaccount.com', '{{x}}'], ['', 'a\tb', '\u202Ea']],
    ['audience', ['https://auth.example.com/', 'urn:acme', '"]'], ['', '\n', 'x'.repeat(256)]],
    ['scope', ['a b', 'https://www.googleapis.com/auth/drive.readonly'], ['', ' a', 'a\u2028b\n']],
    [
      'tokenEndpoint',
      [
        'https://a.example.com',
        'https://a.example.com:8443/t?x=1',
        'http://localhost:1/token',
        'http://127.0.0.1/',
        url1000,
      ],
      [
        '',
        'a.example.com/token',
        'http://a.example.com/token',
        'ftp://a.example.com',
        'https://user@a.example.com/',
        'https://:pw@a.example.com/',
        'https://a.example.com/#x',
        'https://a.example.com/ x',
        'https://a.example.com/\n',
        'javascript:alert(1)',
      ],
    ],
    ['baseUrl', ['https://api.example.com/v1/', 'http://localhost:1'], ['', '/v1', 'http://api.example.com']],
  ] as const) {
    const said = { scope: 'token scope', tokenEndpoint: 'token endpoint', baseUrl: 'base URL' } as Record<
      string,
      string
    >;
    for (const value of takes) {
      it(`takes ${JSON.stringify(value).slice(0, 60)} as ${field} of another server`, () => {
        expect(() => validateConnection(between(apex, { ...server, [field]: value }))).not.to.throw();
      });
    }
    for (const value of refuses) {
      it(`refuses ${JSON.stringify(value).slice(0, 60)} as ${field} of another server, by name`, () => {
        const error = refusal(() => validateConnection(between(apex, { ...server, [field]: value })));
        expect([error?.key, error?.tokens[0]]).to.deep.equal(['refusedValue', said[field] ?? field]);
      });
    }
  }

  it('takes claims that are text, numbers and switches', () => {
    const claims = { tenant: 'acme', level: 3, 'https://example.com/role': 'reader', test: false };
    expect(() => validateConnection(between(secured, { ...server, claims }))).not.to.throw();
  });

  for (const name of ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']) {
    it(`refuses the claim ${name}, which the flow sets itself`, () => {
      const error = refusal(() => validateConnection(between(apex, { ...server, claims: { [name]: 'x' } })));
      expect(error?.tokens).to.deep.equal(['claim', `"${name}"`, 'this claim is set by the flow itself']);
    });
  }

  const badClaims: readonly Claims[] = [{ '': 1 }, { 'a\nb': 1 }, { a: '' }, { a: 'x\u0000' }, { a: 'x'.repeat(256) }];
  for (const claims of badClaims) {
    it(`refuses the claim ${JSON.stringify(claims).slice(0, 40)}`, () => {
      const error = refusal(() => validateConnection(between(apex, { ...server, claims })));
      expect([error?.key, error?.tokens[0]]).to.deep.equal(['refusedValue', 'claim']);
    });
  }

  for (const [field, client, takes, refuses] of [
    [
      'class prefix',
      (classPrefix: string) => ({ ...apex, classPrefix }),
      ['A', 'Erp', 'My_Erp2', 'x'.repeat(23)],
      ['', '1A', 'A_', 'A__b', 'A-b', 'A b', 'Ä', 'A{{B}}', 'x'.repeat(24)],
    ],
    [
      'cache partition',
      (cachePartition: string) => ({ ...apex, cachePartition }),
      ['local.Tokens', 'acme.T1'],
      ['', 'Tokens', 'local.', '.Tokens', 'local.To kens', 'local.Tokens.Key', "local.'", '1.Tokens', 'local.1'],
    ],
    [
      'named credential',
      (namedCredential: string) => ({ ...secured, namedCredential }),
      ['Erp', 'Erp_Api2', 'x'.repeat(80)],
      ['', 'Erp-Api', 'Erp__Api', 'Erp_', '2Erp', 'x'.repeat(81)],
    ],
    ['named credential', (namedCredential: string) => ({ ...legacy, namedCredential }), ['Erp'], ['', 'Erp Api']],
    ['principal', (principal: string) => ({ ...secured, principal }), ['Robot'], ['', 'Robot 1', 'A-B']],
    ['callout permission set', (permissionSet: string) => ({ ...secured, permissionSet }), ['Users'], ['', 'A B']],
    ['client username', (username: string) => ({ ...secured, username }), ['a@b.co'], ['', 'agent', 'a@b']],
  ] as const) {
    for (const value of takes) {
      it(`takes ${JSON.stringify(value)} as ${field}`, () => {
        expect(() => validateConnection(between(client(value)))).not.to.throw();
      });
    }
    for (const value of refuses) {
      it(`refuses ${JSON.stringify(value)} as ${field}, by name`, () => {
        const error = refusal(() => validateConnection(between(client(value))));
        expect([error?.key, error?.tokens[0], error?.data]).to.deep.equal(['refusedValue', field, { field }]);
      });
    }
  }

  it('refuses what a Named Credential cannot say, before anything is made', () => {
    const formula = { ...server, issuer: '{!$User.Id}' };
    expect(refusal(() => validateConnection(between(apex, formula)))).to.equal(undefined);
    expect(refusal(() => validateConnection(between(secured, formula)))?.tokens[0]).to.equal('issuer');
    const claims = { ...server, claims: { tenant: 'acme' } };
    expect(refusal(() => validateConnection(between(secured, claims)))).to.equal(undefined);
    expect(refusal(() => validateConnection(between(legacy, claims)))?.key).to.equal('legacyCredentialClaims');
  });
});
