import { AuthInfo, Connection, Org } from '@salesforce/core';
import { ComponentSet, MetadataApiDeploy } from '@salesforce/source-deploy-retrieve';
import { expect } from 'chai';
import { startClientOrg, type ClientOrg } from '../../helpers/client-org.js';
import { temporaryFolder } from '../../helpers/home.js';
import { poll, retrieveSource, sourceOf } from '../../helpers/sdr.js';
import { permissionSetFile } from '../../unit/local-org/metadata/sample-files.js';

const token = 'POST /services/oauth2/token';

/** `@salesforce/core` and source-deploy-retrieve with a login by JWT, whose sessions end under their hands. */
describe('@salesforce/core, source-deploy-retrieve and sessions that end', () => {
  let org: ClientOrg;
  let connection: Connection;
  const home = process.env['HOME'];

  before(async () => {
    process.env['HOME'] = temporaryFolder('core-client-home');
    org = await startClientOrg('core-client');
    const { username, consumerKey: clientId, keyFile: privateKeyFile, instanceUrl: loginUrl } = org;
    const authInfo = await AuthInfo.create({ username, oauth2Options: { clientId, privateKeyFile, loginUrl } });
    await authInfo.save();
    connection = await Connection.create({ authInfo: await AuthInfo.create({ username }) });
  });

  after(async () => {
    process.env['HOME'] = home;
    await org.close();
    expect(org.faults).to.deep.equal([]);
  });

  const tokens = ({ requests }: { readonly requests: readonly string[] }) =>
    requests.filter((request) => request === token).length;

  const uses: Readonly<Record<string, () => Promise<unknown>>> = {
    'a query': async () => connection.query('SELECT Id FROM Organization'),
    'a query of the Tooling API': async () => connection.tooling.query('SELECT Id FROM ApexClass'),
    'a new record': () => connection.sobject('Account').create({ Name: 'Acme' }),
    'a SOAP call of the Metadata API': () => connection.metadata.list({ type: 'PermissionSet' }),
    'a request of its own': () => connection.request('/services/data/v67.0/limits'),
  };
  for (const [what, use] of Object.entries(uses)) {
    it(`logs in again for ${what}, and goes on with that token`, async () => {
      org.endSessions();
      expect(tokens(await org.watch(use))).to.equal(1);
      expect(tokens(await org.watch(use))).to.equal(0);
    });
  }

  it('makes the new token that of the next process', async () => {
    org.endSessions();
    const { username } = org;
    await (await Org.create({ aliasOrUsername: username })).refreshAuth();
    const next = await Connection.create({ authInfo: await AuthInfo.create({ username }) });
    const seen = await org.watch(async () => next.query('SELECT Id FROM Organization'));
    expect([seen.result.totalSize, tokens(seen)]).to.deep.equal([1, 0]);
  });

  for (const rest of [false, true]) {
    const api = rest ? 'REST' : 'SOAP';

    it(`follows a deploy through ${api} to its end though the session ends while it waits`, async () => {
      await org.set({ deployDelayPolls: 2 });
      const components = ComponentSet.fromSource(sourceOf(permissionSetFile));
      const job = await components.deploy({ usernameOrConnection: connection, apiOptions: { rest } });
      org.endSessions();
      const seen = await org.watch(() => job.pollStatus(...poll));
      await org.set({ deployDelayPolls: 0 });
      expect([seen.result.response.status, tokens(seen)]).to.deep.equal(['Succeeded', 1]);
    });

    it(`cancels a deploy through ${api} that waits`, async () => {
      await org.set({ deployDelayPolls: 1000 });
      const components = ComponentSet.fromSource(sourceOf(permissionSetFile));
      const job = await components.deploy({ usernameOrConnection: connection, apiOptions: { rest } });
      expect(await job.checkStatus()).to.include({ status: 'Pending', done: false });
      await job.cancel();
      await org.set({ deployDelayPolls: 0 });
      const { response } = await job.pollStatus(...poll);
      expect(response).to.include({ status: 'Canceled', done: true, success: false, canceledByName: 'Ada Admin' });
      const again = new MetadataApiDeploy({ usernameOrConnection: connection, id: job.id });
      const error: unknown = await again.cancel().catch((reason: unknown) => reason);
      expect(String(error)).to.include('Deployment already completed');
    });
  }

  it('retrieves though the session has ended before', async () => {
    org.endSessions();
    const { result } = await retrieveSource(connection, [{ type: 'PermissionSet', fullName: 'Crm_Access' }]);
    expect(result.response).to.include({ status: 'Succeeded', success: true });
    expect(result.getFileResponses().map(({ fullName }) => fullName)).to.deep.equal(['Crm_Access']);
  });
});
