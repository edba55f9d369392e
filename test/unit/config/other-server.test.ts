import { expect } from 'chai';
import type { Connection } from '../../../src/config/connection.js';
import { mergeDrafts, type ConnectionDraft } from '../../../src/config/draft.js';
import { resolveConnection } from '../../../src/config/resolve.js';
import { impliesConnection, toDraft } from '../../../src/config/saved-connection.js';

function complete(name: string, draft: ConnectionDraft): Connection {
  const resolution = resolveConnection(name, draft);
  if (resolution.kind === 'incomplete') throw new TypeError(`missing: ${resolution.missing.join(', ')}`);
  return resolution.connection;
}

describe('a server that is no org', () => {
  const server = {
    type: 'oauth2',
    username: 'svc-crm',
    issuer: 'crm',
    tokenEndpoint: 'https://auth.example.com/token',
    baseUrl: 'https://api.example.com',
  } as const;
  const client = { type: 'apex', org: 'c' } as const;

  it('is its own audience by default, as its token endpoint stands for it', () => {
    expect(complete('orders', { server, client }).server).to.deep.equal({
      ...server,
      audience: 'https://auth.example.com/token',
    });
  });

  it('has audience, scope and claims where somebody says them, and nothing of an org', () => {
    const more = { audience: 'https://auth.example.com/', scope: 'a b', claims: { tenant: 'acme', level: 3 } };
    const org = { org: 'o', app: { contactEmail: 'a@b.co' } };
    expect(complete('orders', { server: { ...org, ...server, ...more }, client }).server).to.deep.equal({
      ...server,
      ...more,
    });
  });

  it('needs an issuer, a token endpoint and an API instead of an org and an email', () => {
    expect(resolveConnection('orders', { server: { type: 'oauth2' }, client: { type: 'apex' } })).to.deep.equal({
      kind: 'incomplete',
      missing: ['token-endpoint', 'issuer', 'base-url', 'username', 'client-org'],
    });
    for (const [key, flag] of [
      ['issuer', 'issuer'],
      ['tokenEndpoint', 'token-endpoint'],
      ['baseUrl', 'base-url'],
      ['username', 'username'],
    ] as const) {
      const partial = { ...server, [key]: undefined };
      expect(resolveConnection('orders', { server: partial, client })).to.deep.equal({
        kind: 'incomplete',
        missing: [flag],
      });
    }
  });

  it('is saved as it is, so that the entry implies the connection', () => {
    const connection = complete('orders', { server: { ...server, claims: { tenant: 'acme' } }, client });
    expect(impliesConnection(toDraft(connection), connection)).to.equal(true);
    expect(impliesConnection({ server, client }, connection)).to.equal(false);
  });
});

describe('drafts of a server that is no org', () => {
  it('takes claims whole, and adds what only one draft says', () => {
    const under: ConnectionDraft = {
      server: { type: 'oauth2', issuer: 'crm', claims: { a: 1, b: 2 } },
      client: { type: 'apex', invocable: true },
    };
    const over: ConnectionDraft = {
      server: { audience: 'x', claims: { c: 3 } },
      client: { invocable: false, cachePartition: 'local.Tokens' },
    };
    const merged = mergeDrafts(under, over);
    expect(merged.server).to.deep.equal({ type: 'oauth2', issuer: 'crm', audience: 'x', claims: { c: 3 }, app: {} });
    expect(merged.client).to.deep.equal({ type: 'apex', invocable: false, cachePartition: 'local.Tokens' });
  });
});
