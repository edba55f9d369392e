import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { orgAlias, startSfOrg, type SfOrg } from '../helpers/sf-org.js';

const token = 'POST /services/oauth2/token';
const query = ['data', 'query', '--query', 'SELECT Name FROM Organization'];

/** What a command does in an org, and where the org has to find out that its session has ended. */
const commands = {
  'data query, through REST': query,
  'data query of the Tooling API': [...query.slice(0, 3), 'SELECT Id FROM ApexClass', '--use-tooling-api'],
  'org list metadata, through SOAP': ['org', 'list', 'metadata', '--metadata-type', 'PermissionSet'],
  'org display': ['org', 'display'],
};

describe('sf, its logins and the sessions of a local org', () => {
  let nut: SfOrg;

  before(async () => {
    nut = await startSfOrg('sessions');
  });

  after(() => nut.close());

  const authFile = () => existsSync(join(nut.sf.home, '.sfdx', `${nut.org.username}.json`));

  it('org login access-token takes over a session', async () => {
    const { accessToken, instanceUrl, username, orgId } = nut.org;
    const flags = ['--instance-url', instanceUrl, '--no-prompt'];
    const result = await nut.run(['org', 'login', 'access-token', ...flags], { SF_ACCESS_TOKEN: accessToken });
    expect(result).to.include({ username, orgId });
    expect((await nut.run([...query, '--target-org', username])).totalSize).to.equal(1);
    await nut.run(['org', 'logout', '--target-org', username, '--no-prompt']);
  });

  it('org login jwt asks for one token, and needs no other host', async () => {
    const { result: login, requests } = await nut.org.watch(() => nut.logIn());
    expect(login.status, login.message).to.equal(0);
    const { username, orgId, instanceUrl } = nut.org;
    expect(login.result).to.include({ username, orgId, instanceUrl, isDevHub: false, isSandbox: false });
    expect(login.result).to.include({ orgEdition: 'Developer Edition', instanceApiVersion: '67.0' });
    expect(requests.filter((request) => request === token)).to.have.lengthOf(1);
  });

  it('org display and org list find it connected', async () => {
    const { username, orgId, instanceUrl } = nut.org;
    const connected = { username, alias: orgAlias, instanceUrl, connectedStatus: 'Connected' };
    expect(await nut.run(['org', 'display'])).to.include({ ...connected, id: orgId });
    const { nonScratchOrgs, devHubs } = await nut.run(['org', 'list']);
    expect(nonScratchOrgs).to.have.lengthOf(1);
    expect(nonScratchOrgs[0]).to.include({ ...connected, orgId });
    expect(devHubs).to.deep.equal([]);
  });

  for (const [what, command] of Object.entries(commands)) {
    it(`${what}: logs in again by itself when the session has ended, and once only`, async () => {
      nut.org.endSessions();
      const first = await nut.org.watch(() => nut.run(command));
      expect(first.requests.filter((request) => request === token)).to.have.lengthOf(1);
      const second = await nut.org.watch(() => nut.run(command));
      expect(second.requests).not.to.include(token);
      expect(second.result).to.deep.equal(first.result);
    });
  }

  it('org logout forgets it', async () => {
    expect(authFile()).to.equal(true);
    expect(await nut.run(['org', 'logout', '--target-org', orgAlias, '--no-prompt'])).to.deep.equal([nut.org.username]);
    expect(authFile()).to.equal(false);
    const { name } = await nut.sf.json([...query, '--target-org', nut.org.username]);
    expect(name).to.equal('NamedOrgNotFoundError');
  });
});
