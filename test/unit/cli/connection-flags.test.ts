import { expect } from 'chai';
import { Parser } from '@oclif/core';
import { connectionFlags, draftFromFlags } from '../../../src/cli/connection-flags.js';
import { mergeDrafts, type ConnectionDraft } from '../../../src/config/draft.js';

/** What a command line says of a connection, without what it does not say. */
async function draftOf(argv: readonly string[]): Promise<ConnectionDraft> {
  const { flags } = await Parser.parse([...argv], { flags: connectionFlags, strict: true });
  const { server, client } = mergeDrafts(draftFromFlags(flags, process.cwd()), {});
  return JSON.parse(JSON.stringify({ server, client })) as ConnectionDraft;
}

describe('the flags of a connection', () => {
  it('describe a server that is no org', async () => {
    const argv = [
      ...['--token-endpoint', 'https://auth.example.com/token', '--issuer', 'crm', '--username', 'svc'],
      ...['--audience', 'https://auth.example.com/', '--base-url', 'https://api.example.com'],
      ...['--token-scope', 'a b', '--claim', 'tenant=acme', '--claim', 'level=3'],
    ];
    expect((await draftOf(argv)).server).to.deep.equal({
      type: 'oauth2',
      username: 'svc',
      issuer: 'crm',
      tokenEndpoint: 'https://auth.example.com/token',
      audience: 'https://auth.example.com/',
      baseUrl: 'https://api.example.com',
      scope: 'a b',
      claims: { tenant: 'acme', level: 3 },
      app: {},
    });
  });

  for (const [argv, type] of [
    [['--token-endpoint', 'https://a.example.com'], 'oauth2'],
    [['--issuer', 'crm'], 'oauth2'],
    [['--issuer', 'crm', '--server-type', 'salesforce'], 'salesforce'],
    [['--server-type', 'oauth2'], 'oauth2'],
    [['--base-url', 'https://a.example.com'], undefined],
    [['--target-org', 'erp'], undefined],
  ] as const) {
    it(`mean the server type ${type ?? 'that is saved'} with ${argv.join(' ')}`, async () => {
      expect((await draftOf(argv)).server?.type).to.equal(type);
    });
  }

  it('describe the client of an org', async () => {
    const argv = [
      ...['--client-type', 'named-credential', '--client-org', 'crm', '--class-prefix', 'Erp', '--invocable'],
      ...['--no-queueable', '--named-credential', 'Erp_Api', '--principal', 'Robot'],
      ...['--callout-permission-set', 'Users', '--client-username', 'agent@acme.com'],
    ];
    expect((await draftOf(argv)).client).to.deep.equal({
      type: 'named-credential',
      org: 'crm',
      classPrefix: 'Erp',
      invocable: true,
      queueable: false,
      namedCredential: 'Erp_Api',
      principal: 'Robot',
      permissionSet: 'Users',
      username: 'agent@acme.com',
    });
  });

  for (const [argv, client] of [
    [['--inline-settings'], { settings: 'inline' }],
    [['--no-inline-settings'], { settings: 'custom-metadata' }],
    [['--cache-partition', 'local.Tokens'], { cachePartition: 'local.Tokens' }],
    [[], {}],
  ] as const) {
    it(`say ${JSON.stringify(client)} of the Apex with ${argv.join(' ') || 'none'}`, async () => {
      expect((await draftOf(argv)).client).to.deep.equal(client);
    });
  }

  it('offer the types that there are, and no others', async () => {
    for (const [flag, value] of [
      ['--client-type', 'named_credential'],
      ['--server-type', 'OAuth2'],
    ] as const) {
      let message = '';
      await draftOf([flag, value]).catch((error: unknown) => void (message = String(error)));
      expect(message).to.include(flag).and.to.include('to be one of');
    }
  });
});
