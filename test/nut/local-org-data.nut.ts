import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { startSfOrg, type SfOrg } from '../helpers/sf-org.js';

const account = ['--sobject', 'Account'];
const people = 'SELECT Name, Profile.Name FROM User ORDER BY Name';
const notExecuted = 'Not executed: a local org does not run Apex.';
const testMethods = ['apex', 'run', 'test', '--class-names', 'PricingTest'];

describe('sf, the data and the Apex of a local org', () => {
  let nut: SfOrg;

  before(async () => {
    nut = await startSfOrg('data');
    expect((await nut.logIn()).status).to.equal(0);
  });

  after(() => nut.close());

  const query = async (soql: string): Promise<readonly Record<string, unknown>[]> =>
    (await nut.run(['data', 'query', '--query', soql])).records;

  const print = (args: readonly string[]) => nut.sf.run(args, { cwd: nut.project, env: { SF_TARGET_ORG: 'crm' } });

  it('data query follows relationships, in JSON', async () => {
    const [admin, integration] = await query(people);
    expect(admin).to.have.nested.include({ Name: 'Ada Admin', 'Profile.Name': 'System Administrator' });
    expect(integration).to.have.nested.include({ 'Profile.Name': 'Minimum Access - Salesforce' });
    const [assignment] = await query('SELECT PermissionSet.Name, Assignee.Profile.Name FROM PermissionSetAssignment');
    expect(assignment).to.have.nested.include({
      'PermissionSet.Name': 'Crm_Access',
      'Assignee.Profile.Name': 'System Administrator',
    });
  });

  it('data query follows relationships, in a table and as CSV', async () => {
    const { stdout, code } = await print(['data', 'query', '--query', people]);
    expect(code).to.equal(0);
    expect(stdout)
      .to.match(/NAME +PROFILE\.NAME/)
      .and.match(/Ada Admin +System Administrator/);
    const csv = await print(['data', 'query', '--query', people, '--result-format', 'csv']);
    expect(csv.stdout.split('\n')[0]).to.equal('Name,Profile.Name');
    expect(csv.stdout).to.include('\nAda Admin,System Administrator\n');
  });

  it('data query counts, and is refused in the words of Salesforce', async () => {
    expect((await nut.run(['data', 'query', '--query', 'SELECT COUNT() FROM User'])).totalSize).to.equal(2);
    const unknown = await nut.refused(['data', 'query', '--query', 'SELECT Id FROM Nope']);
    expect(unknown.name).to.equal('INVALID_TYPE');
    expect(unknown.message).to.include("sObject type 'Nope' is not supported.");
  });

  it('data create, get, update and delete record', async () => {
    const { id } = await nut.run(['data', 'create', 'record', ...account, '--values', 'Name=Acme Phone=123']);
    const one = [...account, '--record-id', String(id)];
    await nut.run(['data', 'update', 'record', ...one, '--values', "Phone='45 6' Website=https://acme.com"]);
    const record = await nut.run(['data', 'get', 'record', ...one]);
    expect(record).to.include({ Id: id, Name: 'Acme', Phone: '45 6', Website: 'https://acme.com' });
    await nut.run(['data', 'delete', 'record', ...account, '--where', 'Name=Acme']);
    expect(await query('SELECT Id FROM Account')).to.deep.equal([]);
    const gone = await nut.refused(['data', 'get', 'record', ...one]);
    expect(gone.name).to.equal('NOT_FOUND');
  });

  it('api request rest reads, writes, and shows a refusal as it came', async () => {
    const path = '/services/data/v67.0/sobjects/Account';
    const body = ['--body', JSON.stringify({ Name: 'Rest' })];
    const created = await print(['api', 'request', 'rest', path, '--method', 'POST', ...body]);
    const { id } = JSON.parse(created.stdout) as { readonly id: string };
    const read = await print(['api', 'request', 'rest', `${path}/${id}?fields=Name`]);
    expect(JSON.parse(read.stdout)).to.include({ Id: id, Name: 'Rest' });
    const refused = await print(['api', 'request', 'rest', path, '--method', 'POST', '--body', '{"Nope":1}']);
    expect(refused.code).to.equal(1);
    expect(refused.stdout).to.include('"errorCode": "INVALID_FIELD"');
  });

  it('org assign permset gives one to another user, and says so when there is none', async () => {
    const user = 'integration@data.local';
    await nut.run(['org', 'assign', 'permset', '--name', 'Crm_Access', '--on-behalf-of', user]);
    const soql = `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE Assignee.Username = '${user}'`;
    expect(await query(soql)).to.have.lengthOf(1);
    const { result } = await nut.refused(['org', 'assign', 'permset', '--name', 'Nobody']);
    expect(result?.failures?.[0]?.message).to.include('not found');
  });

  it('apex run tells a fault of syntax from code that a local org does not execute', async () => {
    writeFileSync(join(nut.project, 'good.apex'), "System.debug('x');\n");
    writeFileSync(join(nut.project, 'bad.apex'), 'Integer i = 1;\nInteger j = ;\n');
    const good = await nut.refused(['apex', 'run', '--file', 'good.apex']);
    expect([good.name, good.data.compiled, good.data.exceptionMessage]).to.deep.equal([
      'executeRuntimeFailure',
      true,
      notExecuted,
    ]);
    const bad = await nut.refused(['apex', 'run', '--file', 'bad.apex']);
    expect(bad.name).to.equal('executeCompileFailure');
    expect(bad.data).to.include({ compiled: false, line: '2', column: '13' });
  });

  for (const mode of [[], ['--synchronous']]) {
    it(['apex run test', ...mode, 'says that nothing is executed'].join(' '), async () => {
      const refused = await nut.refused([...testMethods, ...mode]);
      expect([refused.name, refused.message]).to.deep.equal(['FUNCTIONALITY_NOT_ENABLED', notExecuted]);
    });
  }
});
