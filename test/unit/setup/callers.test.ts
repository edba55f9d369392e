import { expect } from 'chai';
import { namedCredentialConnection } from '../../helpers/connections.js';
import type { FakeOrg } from '../../helpers/fake-org.js';
import { changes, Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

const caller = { id: '005000000000009', username: 'agent@acme.com', email: 'agent@acme.com', isActive: true };
const loggedIn = '005000000000000';

describe('provision, for whoever makes callouts through a Named Credential', () => {
  let platformPem: string;
  let on: Provisioning;
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(() => {
    on = new Provisioning(platformPem);
  });

  const ofAgent = namedCredentialConnection({
    client: { type: 'named-credential', org: 'crm-prod', username: caller.username },
  });
  const run = (client: FakeOrg, connection = namedCredentialConnection()) =>
    on.run(connection, { server: on.serverOrg(), client });

  it('gives the permission to the user whom the CLI is logged in as, once the permission set is there', async () => {
    const client = on.clientOrg();
    const { plan } = await run(client);
    expect([...client.assignments]).to.deep.equal([`${loggedIn}:Erp_Callouts`]);
    expect(client.log.at(-1)).to.equal('assign Erp_Callouts');
    const step = plan.steps.find(({ kind }) => kind === 'assign-callout-permission-set');
    expect(step?.subject).to.equal('Permission set Erp_Callouts to admin@00dclient.example.com');
  });

  it('gives it to the user that is named', async () => {
    const client = on.clientOrg({ users: [caller] });
    await run(client, ofAgent);
    expect([...client.assignments]).to.deep.equal([`${caller.id}:Erp_Callouts`]);
  });

  it('gives it again where somebody took it away, and does nothing else', async () => {
    const client = on.clientOrg();
    const server = on.serverOrg();
    await on.run(namedCredentialConnection(), { server, client });
    client.assignments.clear();
    expect(changes(await on.run(namedCredentialConnection(), { server, client }))).to.deep.equal([
      'assign-callout-permission-set',
    ]);
  });

  it('names a user that the client org does not have, and one that is inactive, before it does anything', async () => {
    const without = on.clientOrg();
    const nobody = await refusalOf(() => run(without, ofAgent));
    expect([nobody.key, nobody.tokens]).to.deep.equal(['userNotInOrg', ['agent@acme.com', 'crm-prod', 'crm-prod']]);
    const inactive = on.clientOrg({ users: [{ ...caller, isActive: false }] });
    expect((await refusalOf(() => run(inactive, ofAgent))).key).to.equal('userInactive');
    expect([...without.log, ...inactive.log]).to.deep.equal([]);
  });

  it('leaves a permission set that somebody changed in the org as it is, until its own content changes', async () => {
    const client = on.clientOrg();
    const server = on.serverOrg();
    await on.run(namedCredentialConnection(), { server, client });
    client.components.set('PermissionSet:Erp_Callouts', 'changed in Setup');
    expect(changes(await on.run(namedCredentialConnection(), { server, client }))).to.deep.equal([]);
    expect(client.components.get('PermissionSet:Erp_Callouts')).to.equal('changed in Setup');
    const principal = { type: 'named-credential', org: 'crm-prod', principal: 'Other' } as const;
    await on.run(namedCredentialConnection({ client: principal }), { server, client });
    expect(client.components.get('PermissionSet:Erp_Callouts')).to.contain('<PermissionSet');
  });
});
