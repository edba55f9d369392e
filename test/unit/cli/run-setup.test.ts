import { expect } from 'chai';
import { runSetup } from '../../../src/cli/run-setup.js';
import { JwtError } from '../../../src/errors.js';
import { namedCredentialConnection } from '../../helpers/connections.js';
import { Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

describe('a run of setup', () => {
  let on: Provisioning;
  before(async () => {
    on = await Provisioning.withCertificate();
  });

  it('tells what orgs said of deploys also where a later step fails, and the missing Apex of a local org by its name', async () => {
    const local = 'Not executed: a local org does not run Apex.';
    const client = on.clientOrg({ warnings: [local] });
    client.assignPermissionSet = () => Promise.reject(new JwtError('orgRequestFailed', ['a', 'no']));
    const orgs = { server: on.serverOrg({ warnings: ['ApexClass A: deprecated'] }), client };
    const input = { projectRoot: on.root, orgs, force: false, savesConnection: true };
    const told: string[] = [];
    const error = await refusalOf(() =>
      runSetup(
        { connection: namedCredentialConnection(), ...input },
        {
          waitSeconds: 0,
          storePassword: { given: async () => undefined, ask: async () => undefined },
          keyStoreImport: { kind: 'nobody' },
          jsonEnabled: true,
          log: () => {},
          warn: (message) => void told.push(`warning: ${message}`),
          note: (message) => void told.push(`note: ${message}`),
        },
      ),
    );
    expect(error.key).to.equal('orgRequestFailed');
    expect(told.sort()).to.deep.equal([`note: Apex tests of the deploy: ${local}`, 'warning: ApexClass A: deprecated']);
  });
});
