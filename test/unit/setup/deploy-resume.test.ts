import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { DeployInput } from '../../../src/apply/deploy-side.js';
import type { Gateways } from '../../../src/apply/observe.js';
import { deployConnection } from '../../../src/deploy.js';
import { JwtError } from '../../../src/errors.js';
import { apexConnection } from '../../helpers/connections.js';
import { Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

describe('deployConnection', () => {
  const client = 'jwt/erp/client/main/default';
  let platformPem: string;
  let on: Provisioning;
  let orgs: ReturnType<typeof makeOrgs>;
  const makeOrgs = () => ({ server: on.serverOrg(), client: on.clientOrg() });
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(async () => {
    on = new Provisioning(platformPem);
    orgs = makeOrgs();
    await on.run(apexConnection(), orgs);
    orgs.server.log.length = 0;
    orgs.client.log.length = 0;
  });

  const deploy = (to: Gateways, more: Partial<DeployInput> = {}) =>
    deployConnection(
      {
        connection: apexConnection(),
        projectRoot: on.root,
        orgs: to,
        sides: ['server', 'client'],
        checkOnly: false,
        force: false,
        ...more,
      },
      { now: () => new Date(), onProgress: () => {} },
    );

  describe('whose end nobody saw', () => {
    const timeUp = () => {
      throw new JwtError('deployTimedOut', ['0Af0', '33', 'goes on', '0Af0', 'a', '0Af0', 'a']);
    };
    const change = () => writeFile(join(on.root, client, 'classes/ErpClient.cls'), '// mine');
    const onlyClient = { sides: ['client'] } as const;

    it('is waited for by the next run, and not started again', async () => {
      await change();
      orgs.client.verdict = timeUp;
      expect((await refusalOf(() => deploy(orgs, onlyClient))).key).to.equal('deployTimedOut');
      orgs.client.verdict = () => ({ success: true });
      const [outcome] = await deploy(orgs, onlyClient);
      expect(outcome).to.include({ state: 'deployed', deployId: '0Af2' });
      expect(orgs.client.log).to.deep.equal(['resume 0Af2', 'ends well']);
      orgs.client.log.length = 0;
      orgs.client.verdict = () => undefined;
      await deploy(orgs, onlyClient);
      expect(orgs.client.log.join()).to.match(/^deploy /);
    });

    it('is waited for again and again, until it ends', async () => {
      await change();
      orgs.client.verdict = timeUp;
      for (let run = 0; run < 3; run += 1) await refusalOf(() => deploy(orgs, onlyClient));
      expect(orgs.client.log).to.deep.equal(['resume 0Af2', 'resume 0Af2']);
    });

    it('is not waited for where the files have changed since', async () => {
      orgs.client.verdict = timeUp;
      await refusalOf(() => deploy(orgs, onlyClient));
      await change();
      orgs.client.verdict = () => undefined;
      await deploy(orgs, onlyClient);
      expect(orgs.client.log.join()).to.match(/^deploy /);
    });

    for (const unfinished of ['cancelled', 'forgotten'] as const) {
      it(`is started again where it was ${unfinished}`, async () => {
        await change();
        orgs.client.verdict = timeUp;
        await refusalOf(() => deploy(orgs, onlyClient));
        orgs.client.verdict = ({ resumeId }) => (resumeId === undefined ? undefined : { unfinished });
        expect((await deploy(orgs, onlyClient))[0]?.state).to.equal('deployed');
        expect(orgs.client.log).to.have.length(3);
        expect(orgs.client.log[2]).to.match(/^deploy /);
      });
    }

    it('is told where the org refused it, and started again by the run after that', async () => {
      await change();
      orgs.client.verdict = timeUp;
      await refusalOf(() => deploy(orgs, onlyClient));
      orgs.client.verdict = () => ({ problems: [{ message: 'no' }] });
      expect((await refusalOf(() => deploy(orgs, onlyClient))).key).to.equal('deployRefused');
      orgs.client.verdict = () => undefined;
      await deploy(orgs, onlyClient);
      expect(orgs.client.log.at(-1)).to.match(/^deploy /);
    });

    it('is only started with async, looked after without waiting, and waited for without it', async () => {
      await change();
      orgs.client.verdict = ({ isAsync }) => (isAsync ? { unfinished: 'started' } : { success: true });
      for (let run = 0; run < 2; run += 1) {
        expect((await deploy(orgs, { ...onlyClient, isAsync: true }))[0]).to.include({ state: 'started' });
      }
      expect((await deploy(orgs, onlyClient))[0]).to.include({ state: 'deployed' });
      expect(orgs.client.log).to.deep.equal([
        ...['ends started', 'resume 0Af2', 'ends started'],
        ...['resume 0Af2', 'ends well'],
      ]);
    });

    it('is waited for also where it was the first one, and has made the certificate meanwhile', async () => {
      await rm(join(on.root, 'jwt/erp/server'), { recursive: true });
      const first = { server: on.serverOrg({ orgId: '00DFRESH' }), client: on.clientOrg({ orgId: '00DNEW' }) };
      first.client.verdict = timeUp;
      await refusalOf(() => deploy(first, onlyClient));
      for (const component of orgs.client.components.keys()) first.client.components.set(component, '');
      first.client.verdict = () => ({ success: true });
      expect((await deploy(first, onlyClient))[0]).to.deep.include({ state: 'deployed', deployId: '0Af0' });
      // Once to learn whose the components are, once to wait.
      expect(first.client.log).to.deep.equal(['resume 0Af0', 'ends well', 'resume 0Af0', 'ends well']);
    });

    /** An org that has the certificate, and nothing else yet. */
    function otherClient() {
      const org = on.clientOrg({ orgId: '00DNEW' });
      org.components.set('Certificate:erp_jwt', '');
      return org;
    }

    /** An org to which the client side was only started to be deployed. */
    async function startedIn() {
      const to = { server: orgs.server, client: otherClient() };
      to.client.verdict = () => ({ unfinished: 'started' });
      await deploy(to, { ...onlyClient, isAsync: true });
      return to;
    }

    it('makes nothing ours where the org refused it: a class that somebody made since is not replaced', async () => {
      const to = await startedIn();
      to.client.verdict = () => ({ problems: [{ message: 'no' }] });
      expect((await refusalOf(() => deploy(to, onlyClient))).key).to.equal('deployRefused');
      to.client.components.set('ApexClass:ErpClient', 'theirs');
      to.client.verdict = () => undefined;
      const error = await refusalOf(() => deploy(to, onlyClient));
      expect([error.key, error.tokens[0]]).to.deep.equal(['notOurs', 'ApexClass ErpClient in the client org']);
      expect(to.client.components.get('ApexClass:ErpClient')).to.equal('theirs');
    });

    it('makes nothing ours either where nobody saw that, and the files have changed since', async () => {
      const to = await startedIn();
      to.client.verdict = ({ resumeId }) => (resumeId === undefined ? undefined : { problems: [{ message: 'no' }] });
      to.client.components.set('ApexClass:ErpClient', 'theirs');
      await change();
      expect((await refusalOf(() => deploy(to, onlyClient))).key).to.equal('notOurs');
      const error = await refusalOf(() => on.run(apexConnection(), to));
      expect([error.key, error.tokens[0]]).to.deep.equal([
        'severalInTheWay',
        'ApexClass ErpClient in the client org (not made by this project), jwt/erp/client/main/default/classes/ErpClient.cls (edited since it was written)',
      ]);
      expect(to.client.components.get('ApexClass:ErpClient')).to.equal('theirs');
    });

    it('makes ours what the org took, although the files have changed since', async () => {
      const to = await startedIn();
      for (const component of orgs.client.components.keys()) to.client.components.set(component, '');
      to.client.verdict = ({ resumeId }) => (resumeId === undefined ? undefined : { success: true });
      await change();
      expect((await deploy(to, onlyClient))[0]?.state).to.equal('deployed');
    });

    it('is none where a run was killed before it: a class that somebody made since is not replaced', async () => {
      const to = { server: orgs.server, client: otherClient() };
      const starting = to.client.deploy.bind(to.client);
      to.client.deploy = () => Promise.reject(new Error('killed'));
      await deploy(to, onlyClient).catch(() => undefined);
      to.client.deploy = starting;
      to.client.components.set('ApexClass:ErpClient', 'theirs');
      expect((await refusalOf(() => deploy(to, onlyClient))).key).to.equal('notOurs');
    });

    it('is waited for by a setup as well', async () => {
      orgs.client.components.delete('ApexClass:ErpClient');
      orgs.client.verdict = timeUp;
      expect((await refusalOf(() => on.run(apexConnection(), orgs))).key).to.equal('deployTimedOut');
      orgs.client.verdict = () => ({ success: true });
      await on.run(apexConnection(), orgs);
      expect(orgs.client.log).to.deep.equal(['resume 0Af2', 'ends well']);
    });

    it('was cancelled while it was waited for', async () => {
      await change();
      orgs.client.verdict = () => ({ unfinished: 'cancelled' });
      const error = await refusalOf(() => deploy(orgs, onlyClient));
      expect([error.key, error.exitCode]).to.deep.equal(['deployCancelled', 3]);
    });
  });
});
