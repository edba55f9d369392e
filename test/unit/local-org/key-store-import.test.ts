import { expect } from 'chai';
import { createPrivateKey, createPublicKey, randomBytes, X509Certificate } from 'node:crypto';
import { createKeyMaterial } from '../../../src/keys/create.js';
import { writeJks } from '../../../src/keys/jks/store.js';
import { startSession } from '../../../src/local-org/sessions.js';
import { fixture, fixturePassword } from '../keys/fixture.js';
import {
  assignPermissionSet,
  hostOrgs,
  putComponent,
  putExternalClientApp,
  startOfTest,
  userId,
} from './hosted-org.js';
import { importFixture, importPath } from './import-fixture.js';

describe('page for the import of a JKS', () => {
  const page = importFixture();

  it('has a form with the names that tools look for', async () => {
    const { status, text } = await page.host.send('GET', importPath);
    expect(status).to.equal(200);
    for (const part of [
      '<form method="post" enctype="multipart/form-data"',
      '<input type="file"',
      'id="Password"',
      'name="save"',
    ]) {
      expect(text).to.include(part);
    }
    expect(text).to.not.include('<div class="errorMsg">');
  });

  it('makes a certificate of what keytool made, and shows it', async () => {
    const answer = await page.importKeytoolStore();
    expect(answer.status).to.equal(302);
    expect(answer.headers.get('location')).to.match(/^\/0P1\w{12}$/);
    const certificate = new X509Certificate(fixture('signed.crt').bytes);
    const { text } = await page.host.send('GET', answer.headers.get('location')!);
    expect(text).to.include('<dd>my_cert</dd>').and.include(`<dd>${certificate.fingerprint256}</dd>`);
    const fields =
      'DeveloperName, MasterLabel, KeySize, ExpirationDate, CertificateChain, OptionsIsPrivateKeyExportable';
    const { body } = await page.host.query(`SELECT ${fields} FROM Certificate`, '/services/data/v67.0/tooling/query');
    expect(body.records).to.have.length(1);
    expect(body.records[0]).to.deep.include({
      DeveloperName: 'my_cert',
      MasterLabel: 'my_cert',
      KeySize: 2048,
      OptionsIsPrivateKeyExportable: true,
    });
    const { CertificateChain, ExpirationDate } = body.records[0] as Record<string, string>;
    expect(new X509Certificate(CertificateChain!).fingerprint256).to.equal(certificate.fingerprint256);
    expect(CertificateChain!.match(/BEGIN CERTIFICATE/g), 'certificate and issuer').to.have.length(2);
    expect(Date.parse(ExpirationDate!)).to.equal(certificate.validToDate.getTime());
  });

  it('signs with the imported key, and lets a deploy of that name not change it', async () => {
    await page.importKeytoolStore();
    const expected = createPublicKey(createPrivateKey(Buffer.from(fixture('rsa.key').bytes)));
    const held = () => createPublicKey(page.host.org.keyPairs.get('my_cert')!.privateKeyPem);
    expect(held().equals(expected)).to.equal(true);
    const changes: readonly Record<string, string>[] = [{}, { caSigned: 'true', keySize: '2048' }, { keySize: '4096' }];
    for (const change of changes) {
      expect((await page.deployCertificate('my_cert', change)).status).to.equal('Succeeded');
      expect(held().equals(expected)).to.equal(true);
    }
    expect(page.host.org.components.get('Certificate', 'my_cert')!.files.get('certs/my_cert.crt')!.toString()).to.equal(
      page.host.org.keyPairs.get('my_cert')!.certificatePem,
    );
  });

  it('gets a token from another org whose app has the certificate', async () => {
    const [server] = await hostOrgs(['jwt-server']);
    await page.importKeytoolStore();
    putExternalClientApp(server!.org, {
      certificate: fixture('signed.crt').bytes.toString(),
      permissionSet: 'Crm_Access',
    });
    assignPermissionSet(server!.org, 'integration@jwt-server.local');
    const { instanceUrl } = server!.org;
    putComponent(
      page.host.org,
      'RemoteSiteSetting',
      'S',
      'remoteSiteSettings/S.remoteSite',
      `<isActive>true</isActive><url>${instanceUrl}</url>`,
    );
    const { body } = await page.host.send('POST', '/_local/jwt-bearer', {
      json: {
        certificate: 'my_cert',
        issuer: 'CRM_KEY',
        subject: 'integration@jwt-server.local',
        audience: instanceUrl,
        tokenEndpoint: `${instanceUrl}/services/oauth2/token`,
        validitySeconds: 180,
      },
    });
    await server!.close();
    expect(body).to.include({ issued: true, username: 'integration@jwt-server.local' });
  });

  it('imports each private key of a store', async () => {
    expect((await page.post(fixture('two-keys.jks').bytes)).status).to.equal(302);
    expect([...page.host.org.keyPairs.keys()]).to.have.members(['one', 'two']);
    expect((await page.deployCertificate('one')).status).to.equal('Succeeded');
    expect(page.host.org.records.all('Certificate').map(({ OptionsIsCaSigned }) => OptionsIsCaSigned)).to.deep.equal([
      false,
      false,
    ]);
  });

  it('imports a key of 3072 bits, which an org does not make itself', async () => {
    const subject = { CN: 'large' };
    const material = await createKeyMaterial({ keySize: 3072, validDays: 365, subject, now: new Date(startOfTest) });
    const options = { alias: 'large', password: fixturePassword, now: new Date(startOfTest), random: randomBytes };
    expect((await page.post(writeJks(material, options))).status).to.equal(302);
    expect(page.host.org.records.all('Certificate')[0]).to.include({ KeySize: 3072, OptionsIsCaSigned: false });
    expect((await page.deployCertificate('large', { keySize: '3072' })).status).to.equal('Succeeded');
    expect((await page.deployCertificate('another', { keySize: '3072' })).status).to.equal('Failed');
  });

  it('takes no form from another site, and none from users who are no administrators', async () => {
    const { bytes } = fixture('keytool.jks');
    for (const origin of ['https://evil.example', 'null', 'http://localhost:1']) {
      expect((await page.post(bytes, fixturePassword, { origin })).status, origin).to.equal(403);
    }
    const session = startSession(page.host.org, userId(page.host.org, 'integration@jwt-client.local'), 'web');
    expect((await page.post(bytes, fixturePassword, { authorization: `Bearer ${session}` })).status).to.equal(403);
    expect((await page.post(bytes, fixturePassword, { authorization: '' })).headers.get('location')).to.match(
      /^\/\?ec=302/,
    );
    expect(page.host.org.keyPairs.size).to.equal(0);
    const { origin } = new URL(page.host.org.instanceUrl);
    expect(
      (await page.post(bytes, fixturePassword, { authorization: '', cookie: `sid=${page.host.admin}`, origin })).status,
    ).to.equal(302);
    expect(page.host.org.keyPairs.size).to.equal(1);
  });

  it('has no page for a certificate that is not there', async () => {
    const { status, text } = await page.host.send('GET', '/0P1000000000001');
    expect(status).to.equal(404);
    expect(text).to.include('<div class="errorMsg">Data Not Available</div>');
  });
});
