import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Parser } from '@oclif/core';
import { completeConnection } from '../../../src/cli/complete-connection.js';
import { connectionFlags, draftFromFlags } from '../../../src/cli/connection-flags.js';
import { readDraft, requireConnection, requireSaved } from '../../../src/cli/connection-input.js';
import type { OrgSession } from '../../../src/cli/open-orgs.js';
import type { ConnectionDraft } from '../../../src/config/draft.js';
import { FakeOrg } from '../../helpers/fake-org.js';
import { temporaryFolder, temporaryProject } from '../../helpers/home.js';
import { refusalOf } from '../../helpers/refusal.js';

const erp: ConnectionDraft = {
  server: { org: 'erp-prod', username: 'integration@acme.com', app: { label: 'ERP' } },
  client: { type: 'external' },
};

describe('readDraft', () => {
  let projectRoot: string;
  beforeEach(() => {
    projectRoot = temporaryProject('draft');
    save({ erp });
  });

  const save = (connections: Readonly<Record<string, ConnectionDraft>>): void => {
    mkdirSync(join(projectRoot, 'config'), { recursive: true });
    writeFileSync(join(projectRoot, 'config', 'jwt-connections.json'), JSON.stringify({ connections }));
  };

  it('means the only saved connection where no flag says otherwise', async () => {
    const same = { 'target-org': 'erp-prod', username: 'integration@acme.com', 'app-name': 'Erp_Integration' };
    for (const flags of [{}, same, { 'client-type': 'external' as const }, { 'app-label': 'New', 'valid-days': 30 }]) {
      const { name, isSaved } = await readDraft(flags, projectRoot);
      expect({ name, isSaved }, JSON.stringify(flags)).to.deep.equal({ name: 'erp', isSaved: true });
    }
  });

  for (const flags of [
    { 'target-org': 'crm-prod' },
    { username: 'other@acme.com' },
    { 'client-type': 'apex' as const },
    { 'client-org': 'crm-prod' },
    { 'app-name': 'Other_App' },
    { 'permission-set': 'Other_Access' },
    { 'jwt-key-file': 'server.key' },
    { issuer: 'crm' },
    { 'token-endpoint': 'https://auth.example.com/token' },
    { 'server-type': 'oauth2' as const },
    { 'class-prefix': 'Sap' },
    { 'named-credential': 'Sap' },
  ]) {
    it(`asks for the name where ${Object.keys(flags).join()} is of another connection, and leaves the saved one alone`, async () => {
      const said = await readDraft(flags, projectRoot);
      expect(said.name).to.equal(undefined);
      const error = await refusalOf(() => requireConnection(said));
      expect([error.key, error.tokens[0]?.split(', ')[0]]).to.deep.equal(['flagsMissing', '--connection']);
      expect(error.tokens[1]).to.equal(' This project has: erp.');
    });
  }

  it('demands what is saved, and names what there is to choose from', async () => {
    const unnamed = await refusalOf(async () =>
      requireSaved(await readDraft({ 'target-org': 'crm' }, projectRoot), projectRoot),
    );
    expect([unnamed.key, unnamed.tokens]).to.deep.equal(['flagsMissing', ['--connection', ' This project has: erp.']]);
    const other = await refusalOf(async () =>
      requireSaved(await readDraft({ connection: 'crm' }, projectRoot), projectRoot),
    );
    expect([other.key, other.tokens]).to.deep.equal(['connectionUnknown', ['crm', 'Known: erp.', 'crm']]);
    expect((await requireSaved(await readDraft({}, projectRoot), projectRoot)).name).to.equal('erp');
  });

  it('finds what is saved for a name that is chosen later', async () => {
    const { draftOf } = await readDraft({ 'target-org': 'crm-prod' }, projectRoot);
    expect(draftOf('erp').server).to.deep.equal({ ...erp.server, org: 'crm-prod' });
    expect(draftOf('crm').server).to.deep.equal({ org: 'crm-prod', app: {} });
  });

  it('takes no property of every object for a saved connection', async () => {
    for (const name of ['constructor', 'toString', 'valueOf']) {
      const { isSaved, draft } = await readDraft({ connection: name }, projectRoot);
      expect({ isSaved, server: draft.server }, name).to.deep.equal({ isSaved: false, server: { app: {} } });
    }
    save({ constructor: erp });
    expect(await readDraft({ connection: 'constructor' }, projectRoot)).to.include({ isSaved: true });
  });
});

describe('the flags of a key of yours', () => {
  const certificateOf = (flags: Parameters<typeof draftFromFlags>[0]) =>
    draftFromFlags({ ...flags }, process.cwd()).certificate;

  it('say by themselves that the key is yours', () => {
    const pair = certificateOf({ 'jwt-key-file': 'server.key', 'certificate-file': 'server.crt' });
    expect(pair).to.deep.include({ source: 'existing', files: { key: 'server.key', certificate: 'server.crt' } });
    expect(certificateOf({ 'store-file': 'server.p12' })).to.deep.include({ source: 'existing' });
    expect(certificateOf({ 'key-size': '4096' })?.source).to.equal(undefined);
  });

  it('do not change a source that is said beside them, so that it is refused', () => {
    expect(certificateOf({ 'store-file': 'x.p12', 'certificate-source': 'generate' })?.source).to.equal('generate');
  });
});

describe('the API version', () => {
  it('is that of the connection file where no flag says another one, for every org', async () => {
    const projectRoot = temporaryProject('version');
    const opened: string[] = [];
    const session: OrgSession = {
      defaults: {},
      overrides: {},
      open: (alias, apiVersion) => {
        opened.push(`${alias} ${apiVersion}`);
        return Promise.resolve(new FakeOrg({ orgId: `00D${alias}` }));
      },
      close: () => Promise.resolve(),
    };
    mkdirSync(join(projectRoot, 'config'));
    const client = { type: 'apex', org: 'crm-prod' };
    const connections = { erp: { ...erp, client, apiVersion: '63.0' } };
    writeFileSync(join(projectRoot, 'config', 'jwt-connections.json'), JSON.stringify({ connections }));
    const complete = async (flags: Parameters<typeof readDraft>[0]) =>
      completeConnection(await readDraft(flags, projectRoot), session, true);

    expect((await complete({})).connection.apiVersion).to.equal('63.0');
    expect(opened).to.deep.equal(['erp-prod 63.0', 'crm-prod 63.0']);
    await complete({ 'api-version': '65.0' });
    expect(opened.slice(2)).to.deep.equal(['erp-prod 65.0', 'crm-prod 65.0']);
  });

  it('does not come from what the user has set for the whole CLI', async () => {
    const before = process.env['SF_ORG_API_VERSION'];
    process.env['SF_ORG_API_VERSION'] = '58.0';
    const home = process.cwd();
    process.chdir(temporaryFolder('version'));
    try {
      const { flags } = await Parser.parse([], { flags: { 'api-version': connectionFlags['api-version'] } });
      expect(flags['api-version']).to.equal(undefined);
    } finally {
      process.chdir(home);
      if (before === undefined) delete process.env['SF_ORG_API_VERSION'];
      else process.env['SF_ORG_API_VERSION'] = before;
    }
  });
});
