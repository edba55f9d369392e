import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { applyPatch } from 'diff';
import { JwtError } from '../../../src/errors.js';
import { apexConnection, externalConnection } from '../../helpers/connections.js';
import { integrationUser, Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

describe('provision', () => {
  let platformPem: string;
  let on: Provisioning;
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(() => {
    on = new Provisioning(platformPem);
  });

  describe('where something else is in the way', () => {
    it('refuses to replace an app that it did not deploy, and changes nothing', async () => {
      const server = on.serverOrg();
      server.components.set('ExternalClientApplication:Erp_Integration', 'theirs');
      const error = await refusalOf(() => on.run(externalConnection(), { server }));
      expect(error.key).to.equal('notOurs');
      expect(error.tokens[0]).to.equal('ExternalClientApplication Erp_Integration in the server org');
      expect(server.log).to.deep.equal([]);
      expect(await readdir(on.root)).to.have.members(['force-app', 'sfdx-project.json', '.sf']);
      expect(await readdir(dirname(on.privateFolder))).to.deep.equal(['.gitignore']);
    });

    it('says whose the app is, and shows nothing that the org made itself as if a deploy took it away', async () => {
      const orgs = { server: on.serverOrg(), client: on.clientOrg() };
      orgs.client.components.set('Certificate:erp_jwt', '');
      orgs.server.components.set('ExternalClientApplication:Erp_Integration', 'theirs');
      orgs.server.files.set(
        'externalClientApps/Erp_Integration.eca',
        '<ExternalClientApplication>\n    <label>Theirs</label>\n    <orgScopedExternalApp>00D:x</orgScopedExternalApp>\n    <consumerKey>3MVG9x</consumerKey>\n</ExternalClientApplication>\n',
      );
      const { steps, differences } = await on.plan(apexConnection(), orgs);
      expect(steps.find(({ kind }) => kind === 'deploy-app')?.reason).to.equal(
        'the org has one that this project did not make',
      );
      const [difference] = differences;
      expect(difference?.diff)
        .to.contain('-    <label>Theirs</label>')
        .and.not.to.match(/orgScoped|consumerKey/);
    });

    it('does not say so of what another copy of a saved connection may have deployed, nor of its own', async () => {
      const orgs = { server: on.serverOrg(), client: on.clientOrg() };
      const first = new Provisioning(platformPem);
      await first.run(apexConnection(), orgs);
      await on.run(apexConnection(), {
        server: on.serverOrg({ orgId: '00DFIRST' }),
        client: on.clientOrg({ orgId: '00DC' }),
      });
      const reasonOf = async () =>
        (await on.plan(apexConnection(), orgs)).steps.find(({ kind }) => kind === 'deploy-client')?.reason;
      expect(await reasonOf()).to.equal('the org has one that was not deployed from here');
      await on.run(apexConnection(), orgs, { force: true });
      orgs.client.components.delete('ApexClass:ErpClient');
      expect(await reasonOf()).to.equal('parts of it are missing in the org');
    });

    it('replaces it with force', async () => {
      const server = on.serverOrg();
      server.components.set('ExternalClientApplication:Erp_Integration', 'theirs');
      await on.run(externalConnection(), { server }, { force: true });
      expect(server.components.get('ExternalClientApplication:Erp_Integration')).to.contain('<label>');
    });

    it('refuses to overwrite a class that somebody edited', async () => {
      const orgs = { server: on.serverOrg(), client: on.clientOrg() };
      await on.run(apexConnection(), orgs);
      const path = 'jwt/erp/client/main/default/classes/ErpTokenProvider.cls';
      await writeFile(join(on.root, path), 'public class ErpTokenProvider { /* mine */ }');
      const error = await refusalOf(() => on.run(apexConnection(), orgs));
      expect([error.key, error.tokens[0]]).to.deep.equal(['editedByHand', path]);
      expect(await readFile(join(on.root, path), 'utf8')).to.contain('mine');
    });

    it('shows how a file that somebody edited differs, in the plan of a dry run as well', async () => {
      const orgs = { server: on.serverOrg(), client: on.clientOrg() };
      await on.run(apexConnection(), orgs);
      const path = 'jwt/erp/client/main/default/classes/ErpClient.cls';
      const ours = await readFile(join(on.root, path), 'utf8');
      await writeFile(join(on.root, path), `// mine\n${ours}`);
      const error = await refusalOf(() => on.run(apexConnection(), orgs));
      expect(error.tokens[1]).to.contain(`+++ ${path} as it would be`).and.to.contain('\n-// mine\n');
      const [difference] = error.data?.['differences'] as { diff: string }[];
      expect(applyPatch(`// mine\n${ours}`, difference?.diff ?? '')).to.equal(ours);
      const planned = await on.plan(apexConnection(), orgs);
      expect(planned.differences).to.deep.equal(error.data?.['differences']);
    });

    it('shows how a class of the org differs, although the app is still to be made', async () => {
      const client = on.clientOrg();
      client.components.set('ApexClass:ErpClient', '');
      client.files.set('classes/ErpClient.cls', 'public class ErpClient { /* theirs */ }\n');
      client.files.set('classes/ErpClient.cls-meta.xml', '<ApexClass/>\n');
      client.files.set('classes/Other.cls', 'public class Other {}\n');
      const error = await refusalOf(() => on.run(apexConnection(), { server: on.serverOrg(), client }));
      const differences = error.data?.['differences'] as { path: string; where: string; diff: string }[];
      const root = 'jwt/erp/client/main/default/classes';
      expect(differences.map(({ path, where }) => [path, where])).to.deep.equal([
        [`${root}/ErpClient.cls`, 'org'],
        [`${root}/ErpClient.cls-meta.xml`, 'org'],
      ]);
      const contents = differences.map(({ diff }) => diff.split('\n').filter((line) => /^[-+](?![-+])/.test(line)));
      expect(contents[0]?.[0]).to.equal('-public class ErpClient { /* theirs */ }');
      expect(contents[1]?.[0]).to.equal('-<ApexClass/>');
      expect(contents[1]?.join('\n')).to.contain('\n+<ApexClass xmlns=').and.not.to.contain('theirs');
      expect(client.log).to.deep.equal([]);
    });

    it('still says what is in the way where the org does not give out its source', async () => {
      const client = on.clientOrg();
      client.components.set('ApexClass:ErpClient', '');
      client.sources = () => Promise.reject(new JwtError('orgRequestFailed', ['a', 'no']));
      const error = await refusalOf(() => on.run(apexConnection(), { server: on.serverOrg(), client }));
      expect(error.tokens).to.deep.equal(['ApexClass ErpClient in the client org', '', ', with --class-prefix']);
    });

    it('passes on what an org says of a deploy that it took', async () => {
      const seen: string[] = [];
      const client = on.clientOrg({ warnings: ['Not executed: a local org does not run Apex.'] });
      await on.run(
        apexConnection(),
        { server: on.serverOrg(), client },
        {
          onProgress: (event) => {
            if (event.kind === 'deploy-warning') seen.push(`${event.step}: ${event.message}`);
          },
        },
      );
      expect(seen).to.include('deploy-client: Not executed: a local org does not run Apex.');
    });

    it('names a user that the org does not have, and one that is inactive', async () => {
      const nobody = await refusalOf(() => on.run(externalConnection(), { server: on.serverOrg({ users: [] }) }));
      expect([nobody.key, nobody.tokens[0]]).to.deep.equal(['userNotInOrg', 'integration@acme.com']);
      const inactive = on.serverOrg({ users: [{ ...integrationUser, isActive: false }] });
      expect((await refusalOf(() => on.run(externalConnection(), { server: inactive }))).key).to.equal('userInactive');
    });

    it('says what to do where the org creates no Connected Apps', async () => {
      const message =
        "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support.";
      const server = on.serverOrg({
        refuse: [{ message, component: { type: 'ConnectedApp', fullName: 'Erp_Integration' } }],
      });
      server.components.set('PermissionSet:Erp_Integration_Access', '');
      const error = await refusalOf(() => on.run(externalConnection(), { server }));
      expect(error.key).to.equal('connectedAppsBlocked');
      expect(error.tokens[0]).to.contain(message);
    });

    it('refuses to run beside another run on the same connection', async () => {
      const folder = on.privateFolder;
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'lock'), JSON.stringify({ pid: process.ppid }));
      const error = await refusalOf(() => on.run(externalConnection(), { server: on.serverOrg() }));
      expect([error.key, error.tokens[1]]).to.deep.equal(['setupAlreadyRunning', `process ${process.ppid}`]);
    });

    it('takes over the lock of a run that is gone', async () => {
      const folder = on.privateFolder;
      await mkdir(folder, { recursive: true });
      // Beyond the largest process id that Linux and macOS give out.
      await writeFile(join(folder, 'lock'), JSON.stringify({ pid: 99_999_999 }));
      await on.run(externalConnection(), { server: on.serverOrg() });
      expect(await readdir(folder)).not.to.include('lock');
    });
  });
});
