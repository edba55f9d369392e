import { expect } from 'chai';
import { wordsOf } from '../../../src/cli/base-command.js';
import { apexConnection, externalConnection } from '../../helpers/connections.js';
import { Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

describe('the ways out of what setup refuses', () => {
  let on: Provisioning;
  before(async () => {
    on = await Provisioning.withCertificate();
  });

  it('name the org in which a user is looked for', async () => {
    const orgs = { server: on.serverOrg({ users: [] }) };
    const words = wordsOf(await refusalOf(() => on.run(externalConnection(), orgs)));
    expect(words).to.contain('--target-org erp-prod').and.not.to.contain('my-org');
  });

  it('name the flag that gives another name to what is in the way, and no connection that is not saved yet', async () => {
    const client = on.clientOrg();
    client.components.set('ApexClass:ErpClient', '');
    const error = await refusalOf(() => on.run(apexConnection(), { server: on.serverOrg(), client }));
    expect(wordsOf(error)).to.contain('what this project makes, with --class-prefix.\n- Run');
    expect(wordsOf(error)).not.to.contain('sf jwt deploy');
  });

  it('keep the source of the certificate beside its new name', async () => {
    const orgs = { server: on.serverOrg(), client: on.clientOrg() };
    orgs.client.import('erp_jwt', on.platformPem);
    const own = apexConnection({ certificate: { source: 'generate' } });
    const words = wordsOf(await refusalOf(() => on.run(own, orgs)));
    expect(words).to.contain('--certificate-source generate --certificate-name my_other_cert');
    expect(words).to.contain('sf jwt setup --connection erp --certificate-source platform');
    expect(words).to.contain('A key that the org made itself never leaves it.');
    expect(words).not.to.contain('%s');
    await on.run(apexConnection(), orgs);
  });
});
