import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { resolveConnectionVerification } from '../../../src/cli/connection-verification.js';
import type { OrgSession } from '../../../src/cli/open-orgs.js';
import { FakeOrg } from '../../helpers/fake-org.js';
import { temporaryProject } from '../../helpers/home.js';
import { refusalOf } from '../../helpers/refusal.js';

const username = 'integration@example.com';
const server = {
  orgId: '00D000000000001AAA',
  instanceUrl: 'https://acme.my.salesforce.com',
  consumerKey: 'NOTED_KEY',
  org: 'erp-prod',
  app: 'Erp_App',
};
const noted = { event: 'verified', at: '2026-01-01T00:00:00.000Z', verified: true, server };

describe('resolveConnectionVerification', () => {
  let projectRoot: string;
  let orgs: Readonly<Record<string, FakeOrg>>;
  let opened: string[];

  const session: OrgSession = {
    defaults: {},
    overrides: {},
    open: (alias) => {
      opened.push(alias);
      const org = orgs[alias];
      return org ? Promise.resolve(org) : Promise.reject(new Error(`no org ${alias}`));
    },
    close: () => Promise.resolve(),
  };

  const saveConnection = (client: object): void => {
    const app = { name: 'Erp_App', contactEmail: 'ops@example.com' };
    const connections = { erp: { server: { org: 'erp-prod', username, app }, client } };
    writeFileSync(join(projectRoot, 'config', 'jwt-connections.json'), JSON.stringify({ connections }));
  };

  const resolve = () => resolveConnectionVerification({ name: 'erp', projectRoot, deadlineSeconds: 60 }, session);

  beforeEach(() => {
    projectRoot = temporaryProject('resolve');
    for (const folder of ['config', '.sf/jwt/erp']) mkdirSync(join(projectRoot, folder), { recursive: true });
    orgs = { 'erp-prod': new FakeOrg({ orgId: '00DSERVER' }), 'crm-prod': new FakeOrg({ orgId: '00DCLIENT' }) };
    opened = [];
    saveConnection({ type: 'external' });
  });

  const noteServer = (changed: object = {}): void => {
    const entry = { ...noted, server: { ...server, ...changed } };
    appendFileSync(join(projectRoot, '.sf/jwt/erp/journal.jsonl'), `${JSON.stringify(entry)}\n`);
  };

  it('takes what an earlier run noted, and opens no org', async () => {
    noteServer();
    const input = await resolve();

    expect(input).to.deep.include({ server, deadlineSeconds: 60, projectRoot });
    expect(input.connection).to.include({ name: 'erp' });
    expect(opened).to.deep.equal([]);
  });

  it('asks the server org for the consumer key where no run noted it', async () => {
    orgs['erp-prod']?.components.set('ExtlClntAppGlobalOauthSettings:Erp_App', '');

    expect((await resolve()).server).to.deep.equal({
      orgId: '00DSERVER',
      instanceUrl: 'https://00dserver.my.salesforce.com',
      consumerKey: '3MVG900DSERVER.key',
      org: 'erp-prod',
      app: 'Erp_App',
    });
    expect(opened).to.deep.equal(['erp-prod']);
  });

  for (const [what, changed] of [
    ['org', { org: 'erp-old' }],
    ['app', { app: 'Old_App' }],
  ] as const) {
    it(`asks anew where the connection file names another ${what} by now`, async () => {
      noteServer(changed);
      orgs['erp-prod']?.components.set('ExtlClntAppGlobalOauthSettings:Erp_App', '');

      expect((await resolve()).server).to.include({ orgId: '00DSERVER', consumerKey: '3MVG900DSERVER.key' });
    });
  }

  it('says that the setup was not finished where the org has no such app', async () => {
    const error = await refusalOf(resolve);

    expect([error.key, error.tokens]).to.deep.equal(['connectionNotSetUp', ['erp', 'Erp_App', 'erp-prod', 'erp']]);
  });

  for (const type of ['apex', 'named-credential', 'legacy-named-credential']) {
    it(`opens the client org that signs, for the client type ${type}`, async () => {
      noteServer();
      saveConnection({ type, org: 'crm-prod' });

      expect((await resolve()).clientOrg).to.equal(orgs['crm-prod']);
      expect(opened).to.deep.equal(['crm-prod']);
    });
  }

  it('asks no org about a server that is none', async () => {
    const erp = {
      server: {
        type: 'oauth2',
        username: 'svc-crm',
        issuer: 'crm-client',
        tokenEndpoint: 'https://login.example.com/token',
        baseUrl: 'https://api.example.com',
      },
      client: { type: 'named-credential', org: 'crm-prod' },
    };
    writeFileSync(join(projectRoot, 'config', 'jwt-connections.json'), JSON.stringify({ connections: { erp } }));
    noteServer();
    const input = await resolve();

    expect([input.server, input.clientOrg, opened]).to.deep.equal([undefined, orgs['crm-prod'], ['crm-prod']]);
  });
});
