import { expect } from 'chai';
import { Parser } from '@oclif/core';
import { wordsOf } from '../../../src/cli/base-command.js';
import { connectionFlags } from '../../../src/cli/connection-flags.js';
import { readDraft, requireConnection } from '../../../src/cli/connection-input.js';
import { saveConnection } from '../../../src/config/connection-file.js';
import { typedFlags } from '../../../src/cli/unfit-flags.js';
import { temporaryProject } from '../../helpers/home.js';
import { refusalOf } from '../../helpers/refusal.js';

const toOrg = ['--username', 'i@acme.com', '--contact-email', 'o@acme.com', '--target-org', 'erp'];
const toOther = [
  ...['--token-endpoint', 'https://a.example.com/token', '--issuer', 'crm', '--username', 'svc'],
  ...['--base-url', 'https://api.example.com'],
];
const from = (type: string): readonly string[] =>
  type === 'external' ? ['--client-type', type] : ['--client-type', type, '--client-org', 'crm'];

describe('flags that do not fit the types of a connection', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryProject('unfit');
  });

  async function connectionOf(argv: readonly string[]) {
    const { flags } = await Parser.parse([...argv], { flags: connectionFlags, strict: true });
    return requireConnection(await readDraft({ ...flags, connection: 'erp' }, root));
  }

  for (const [base, unfit, type] of [
    [[...toOrg, ...from('legacy-named-credential')], ['--principal', 'Robot'], 'legacy-named-credential'],
    [[...toOrg, ...from('named-credential')], ['--cache-partition', 'local.Tokens'], 'named-credential'],
    [[...toOrg, ...from('named-credential')], ['--inline-settings'], 'named-credential'],
    [[...toOrg, ...from('apex')], ['--named-credential', 'Erp'], 'apex'],
    [[...toOrg, ...from('apex')], ['--client-username', 'a@acme.com'], 'apex'],
    [[...toOrg, ...from('external')], ['--class-prefix', 'Erp'], 'external'],
    [[...toOrg, ...from('external')], ['--no-invocable'], 'external'],
    [[...toOrg, ...from('apex')], ['--audience', 'https://a.example.com'], 'salesforce'],
    [[...toOrg, ...from('apex')], ['--token-scope', 'a'], 'salesforce'],
    [[...toOrg, ...from('apex'), '--server-type', 'salesforce'], ['--issuer', 'crm'], 'salesforce'],
    [[...toOther, ...from('apex')], ['--app-name', 'Erp'], 'oauth2'],
    [[...toOther, ...from('apex')], ['--target-org', 'erp'], 'oauth2'],
    [[...toOrg, ...from('apex')], ['--valid-days', '30'], 'platform'],
  ] as const) {
    it(`are refused by their names: ${unfit[0]} with ${type}`, async () => {
      expect((await connectionOf(base)).name).to.equal('erp');
      const error = await refusalOf(() => connectionOf([...base, ...unfit]));
      expect([error.key, error.exitCode, error.data]).to.deep.equal([
        'flagsUnfit',
        2,
        { flags: [unfit[0].replace('--no-', '--')] },
      ]);
      expect(wordsOf(error)).to.contain(`and this one is ${type}`).and.not.to.contain('%s');
    });
  }

  it('are all but those that every connection has a use for, and the files of a key, which have a refusal of their own', () => {
    const said = Object.fromEntries(Object.keys(connectionFlags).map((name) => [name, 'x']));
    const judged = typedFlags(said, {});
    expect(Object.keys(connectionFlags).filter((name) => !judged.some((flag) => flag === name))).to.deep.equal([
      ...['connection', 'username', 'server-type', 'client-type', 'certificate-source', 'certificate-name'],
      ...['jwt-key-file', 'certificate-file', 'store-file', 'api-version'],
    ]);
  });

  it('are told of with what they are for', async () => {
    const error = await refusalOf(() => connectionOf([...toOrg, ...from('external'), '--queueable']));
    expect(error.tokens[1]).to.equal(
      '--queueable is for the client type apex, named-credential or legacy-named-credential, and this one is external',
    );
  });

  it('are taken where they fit', async () => {
    const argv = [...toOrg, ...from('named-credential'), '--principal', 'Robot', '--invocable'];
    expect((await connectionOf(argv)).client).to.include({ principal: 'Robot', invocable: true });
  });

  it('may stand in the connection file, for whoever switches back', async () => {
    const client = { type: 'named-credential', org: 'crm', principal: 'Robot' } as const;
    const server = { org: 'erp', username: 'i@acme.com', app: { contactEmail: 'o@acme.com' } };
    await saveConnection(root, 'erp', { server, client });
    expect((await connectionOf(['--client-type', 'apex'])).client.type).to.equal('apex');
  });

  it('may come from the environment, which speaks to every command', async () => {
    process.env['SF_JWT_CLIENT_ORG'] = 'crm';
    try {
      expect((await connectionOf([...toOrg, ...from('external')])).client.type).to.equal('external');
      const error = await refusalOf(() => connectionOf([...toOrg, ...from('external'), '--client-org', 'other']));
      expect(error.key).to.equal('flagsUnfit');
    } finally {
      delete process.env['SF_JWT_CLIENT_ORG'];
    }
  });
});
