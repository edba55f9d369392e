import { join } from 'node:path';
import { expect } from 'chai';
import { startSfOrg, type SfOrg } from '../helpers/sf-org.js';
import { permissionSetFile, writeSource } from '../unit/local-org/metadata/sample-files.js';

const query = ['data', 'query', '--query', 'SELECT Name FROM Organization'];
const create = ['data', 'create', 'record', '--sobject', 'Account', '--values', 'Name=Acme'];
const deploy = ['project', 'deploy', 'start', '--metadata', 'PermissionSet:Crm_Access'];

/** What the CLI gets over by itself. A session that never stays would drive it round for ever, were no rule bounded. */
const survived: ReadonlyArray<readonly [rule: string, command: readonly string[], hits: number]> = [
  ['503 operation=query times=2', query, 2],
  ['reset operation=query', query, 1],
  ['maintenance operation=deploy-status', deploy, 1],
  ['expired-session operation=deploy-status', deploy, 1],
  ['expired-session operation=query times=100', query, 100],
  ['slow operation=query delayMs=300', query, 1],
];

/** What it reports, and under which name. */
const reported: ReadonlyArray<readonly [rule: string, command: readonly string[], name: string, says: string]> = [
  ['api-limit operation=query', query, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'],
  ['lock-row operation=create', create, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'],
];

describe('sf and the faults of a local org', () => {
  let nut: SfOrg;

  before(async () => {
    nut = await startSfOrg('faults');
    writeSource(join(nut.project, 'force-app', 'main', 'default'), permissionSetFile);
    expect((await nut.logIn()).status).to.equal(0);
  });

  after(() => nut.close());

  for (const [rule, command, wanted] of survived) {
    it(`gets over ${rule}`, async () => {
      const { hits } = await nut.org.trouble([rule], () => nut.run(command));
      expect(hits).to.deep.equal([wanted]);
    });
  }

  for (const [rule, command, name, says] of reported) {
    it(`reports ${rule}, which does not stay`, async () => {
      const { result } = await nut.org.trouble([rule], () => nut.refused(command));
      expect([result.name, result.message]).to.deep.equal([name, says]);
      await nut.run(command);
    });
  }

  it('reports a login that is one too many for an hour, in the words of Salesforce', async () => {
    const { result } = await nut.org.trouble(['login-rate times=10'], () => nut.logIn());
    expect([result.status, result.name]).to.deep.equal([1, 'JwtGrantError']);
    expect(result.message).to.include('number of logins exceeded');
    expect((await nut.logIn()).status).to.equal(0);
  });
});
