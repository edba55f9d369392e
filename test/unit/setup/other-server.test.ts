import { readFile, stat, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { dryRun, serverRecord } from '../../../src/setup.js';
import { oauthConnection } from '../../helpers/connections.js';
import { changes, Provisioning } from '../../helpers/provisioning.js';

describe('provision, for a server that is no org', () => {
  let platformPem: string;
  let on: Provisioning;
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(() => {
    on = new Provisioning(platformPem);
  });

  it('makes nothing but the client side, and asks no server org for anything', async () => {
    const client = on.clientOrg();
    const provisioned = await on.run(oauthConnection(), { client });
    expect(provisioned.plan.steps.map(({ kind }) => kind)).to.deep.equal([
      'save-connection',
      'deploy-certificate',
      'deploy-client',
    ]);
    expect(provisioned.facts.consumerKey).to.equal(undefined);
    const input = { connection: oauthConnection(), projectRoot: on.root, orgs: { client }, force: false };
    expect(serverRecord({ ...input, savesConnection: true }, provisioned.facts)).to.equal(undefined);
    expect(changes(await on.run(oauthConnection(), { client }))).to.deep.equal([]);
  });

  it('keeps the certificate that the client org made as a file that may be shown to everybody', async () => {
    const client = on.clientOrg();
    await on.run(oauthConnection(), { client });
    expect(await readFile(on.keyFile('crt'), 'utf8')).to.equal(platformPem);
    expect((await stat(on.keyFile('crt'))).mode & 0o777).to.equal(0o644);
    await writeFile(on.keyFile('crt'), 'an older certificate');
    await on.run(oauthConnection(), { client });
    expect(await readFile(on.keyFile('crt'), 'utf8')).to.equal(platformPem);
  });

  it('has that file even where a later step fails', async () => {
    const client = on.clientOrg();
    const deploy = client.deploy.bind(client);
    client.deploy = async (request) => {
      if (request.paths.some((path) => path.includes('/classes/'))) throw new Error('the network is gone');
      return deploy(request);
    };
    await on.run(oauthConnection(), { client }).catch(() => undefined);
    expect(await readFile(on.keyFile('crt'), 'utf8')).to.equal(platformPem);
  });

  it('touches nothing in a dry run', async () => {
    const client = on.clientOrg();
    await dryRun(
      { connection: oauthConnection(), projectRoot: on.root, orgs: { client }, force: false, savesConnection: true },
      {
        now: () => new Date(),
        keyStoreImport: { kind: 'nobody' },
        storePassword: { given: async () => undefined, ask: async () => undefined },
      },
    );
    expect(client.log).to.deep.equal([]);
    expect(await stat(on.privateFolder).catch(() => 'none')).to.equal('none');
  });
});
