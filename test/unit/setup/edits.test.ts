import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { deployConnection } from '../../../src/deploy.js';
import { createKeyMaterial } from '../../../src/keys/create.js';
import { apexConnection } from '../../helpers/connections.js';
import { FakeOrg } from '../../helpers/fake-org.js';
import { changes, integrationUser, Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

const client = 'jwt/erp/client/main/default';
const aClass = `${client}/classes/ErpClient.cls`;
const aRecord = `${client}/customMetadata/ErpSettings.Default.md-meta.xml`;
const app = 'jwt/erp/server/main/default/extlClntAppGlobalOauthSets/Erp_Integration.ecaGlblOauth-meta.xml';
const other = { ...integrationUser, id: '005000000000002', username: 'other@acme.com' };
const holder = 'ExtlClntAppGlobalOauthSettings:Erp_Integration';

describe('an edit that was deployed as it is', () => {
  let platformPem: string;
  let laterPem: string;
  let on: Provisioning;
  let orgs: { server: FakeOrg; client: FakeOrg };
  let certificate: { certificatePem: string };
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
    const later = { keySize: 2048, validDays: 30, subject: { CN: 'erp_jwt' }, now: new Date() } as const;
    laterPem = (await createKeyMaterial(later)).certificate.toString();
  });
  beforeEach(async () => {
    on = new Provisioning(platformPem);
    const made = { orgId: '00DCLIENT', certificatePem: platformPem };
    certificate = made;
    orgs = { server: on.serverOrg({ users: [integrationUser, other] }), client: new FakeOrg(made) };
    await on.run(apexConnection(), orgs);
  });

  const read = (path: string) => readFile(join(on.root, path), 'utf8');
  const edit = async (path: string, change: (text: string) => string) =>
    writeFile(join(on.root, path), change(await read(path)));
  const comment = (text: string): string => `// mine\n${text}`;
  const relabel = (text: string): string => text.replace(/<label>.*<\/label>/, '<label>Mine</label>');
  const deploy = () =>
    deployConnection(
      {
        connection: apexConnection(),
        projectRoot: on.root,
        orgs,
        sides: ['server', 'client'],
        checkOnly: false,
        force: false,
      },
      { now: () => new Date(), onProgress: () => {} },
    );
  /** Somebody deletes the certificate in the client org, which makes another one the next time. */
  const renewCertificate = () => {
    orgs.client.components.delete('Certificate:erp_jwt');
    certificate.certificatePem = laterPem;
  };
  const body = (pem: string) => pem.replaceAll('\r', '').trim();

  it('stays, and is told in the plan', async () => {
    await edit(aClass, comment);
    await deploy();
    const setup = await on.run(apexConnection(), orgs);
    expect(changes(setup)).to.deep.equal([]);
    expect(setup.plan.steps.find(({ kind }) => kind === 'deploy-client')?.reason).to.equal(
      'deployed as it is, with the edits of ErpClient.cls',
    );
    expect(await read(aClass)).to.match(/^\/\/ mine\n/);
  });

  it('does not stand in the way of a new certificate, and outlives it', async () => {
    await edit(aClass, comment);
    await deploy();
    renewCertificate();
    expect(changes(await on.run(apexConnection(), orgs))).to.include.members(['deploy-certificate', 'deploy-app']);
    expect(orgs.server.components.get(holder)).to.contain(body(laterPem));
    expect(orgs.client.components.get('ApexClass:ErpClient')).to.match(/^\/\/ mine\n/);
    expect(changes(await on.run(apexConnection(), orgs))).to.deep.equal([]);
  });

  it('gets the new certificate where it is one of the app, again and again', async () => {
    await edit(app, (text) => text.replace('<ExtlClntApp', '<!-- mine -->\n<ExtlClntApp'));
    await deploy();
    for (const pem of [laterPem, platformPem, laterPem]) {
      orgs.client.components.delete('Certificate:erp_jwt');
      certificate.certificatePem = pem;
      await on.run(apexConnection(), orgs);
      const deployed = orgs.server.components.get(holder);
      expect(deployed).to.contain('<!-- mine -->').and.to.contain(body(pem));
      expect(deployed?.match(/BEGIN CERTIFICATE/g)).to.have.length(1);
      expect(await read(app)).to.equal(deployed);
      expect(changes(await on.run(apexConnection(), orgs))).to.deep.equal([]);
    }
  });

  it('is asked for where it takes the certificate away', async () => {
    const bare = { server: on.serverOrg({ orgId: '00DBARE' }), client: orgs.client };
    await edit(app, (text) =>
      text.replace(/<certificate>([^]*)<\/certificate>/, '<!-- <certificate>$1</certificate> -->'),
    );
    orgs = bare;
    await deploy();
    const error = await refusalOf(() => on.run(apexConnection(), bare));
    expect([error.key, error.tokens[0]]).to.deep.equal(['editedByHand', app]);
  });

  it('is asked for once where setup would write something else into that file, and the answer is a deploy', async () => {
    await edit(aRecord, relabel);
    await deploy();
    const server = { org: 'erp-prod', username: other.username, app: { contactEmail: 'ops@acme.com' } };
    const switched = apexConnection({ server });
    for (let run = 0; run < 2; run += 1) {
      const error = await refusalOf(() => on.run(switched, orgs));
      expect([error.key, error.tokens[0]]).to.deep.equal(['editedByHand', aRecord]);
      expect(error.tokens[1]).to.contain(other.username);
    }
    await edit(aRecord, (text) => text.replaceAll('integration@acme.com', other.username));
    await deploy();
    expect(changes(await on.run(switched, orgs))).to.include('assign-permission-set');
    expect(await read(aRecord))
      .to.contain('<label>Mine</label>')
      .and.to.contain(other.username);
    expect(changes(await on.run(switched, orgs))).to.deep.equal([]);
  });

  it('is asked for again where somebody edits on', async () => {
    await edit(aClass, comment);
    await deploy();
    await edit(aClass, comment);
    const error = await refusalOf(() => on.run(apexConnection(), orgs));
    expect([error.key, error.tokens[0]]).to.deep.equal(['editedByHand', aClass]);
  });

  it('is replaced with force', async () => {
    const ours = await read(aClass);
    await edit(aClass, comment);
    await deploy();
    expect(changes(await on.run(apexConnection(), orgs, { force: true }))).to.deep.equal(['deploy-client']);
    expect([await read(aClass), orgs.client.components.get('ApexClass:ErpClient')]).to.deep.equal([ours, ours]);
  });

  it('goes to other orgs as well', async () => {
    await edit(aClass, comment);
    await deploy();
    const sandbox = new FakeOrg({ orgId: '00DSANDBOX', certificatePem: laterPem });
    await on.run(apexConnection(), { server: orgs.server, client: sandbox });
    expect(sandbox.components.get('ApexClass:ErpClient')).to.match(/^\/\/ mine\n/);
  });
});
