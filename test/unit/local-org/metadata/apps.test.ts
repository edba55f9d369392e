import { expect } from 'chai';
import { createSign, createVerify, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { findApp } from '../../../../src/local-org/apps.js';
import { createKeyMaterial } from '../../../../src/keys/create.js';
import { consumerKeyOf } from '../../../../src/local-org/metadata/components/consumer-key.js';
import { openStored } from '../../../../src/local-org/metadata/package/candidate.js';
import { openMetadataOrg, type MetadataOrg } from './metadata-org.js';
import {
  certificateFiles,
  connectedAppFile,
  externalClientAppFiles,
  globalOauthFile,
  metadataXml,
  permissionSetFile,
  type Files,
} from './sample-files.js';

describe('local-org/metadata: apps', () => {
  let local: MetadataOrg;
  let pem: string;

  before(async () => {
    const subject = { CN: 'crm' };
    const { certificate } = await createKeyMaterial({ keySize: 2048, subject, validDays: 30, now: new Date() });
    pem = certificate.toString().trim();
  });
  beforeEach(() => void (local = openMetadataOrg()));

  const keyOf = (type: string, fullName: string): string => {
    const stored = local.org.components.get(type, fullName);
    return (stored && consumerKeyOf(type, openStored(stored).root)) ?? '';
  };
  const ecaKey = (): string => keyOf('ExtlClntAppGlobalOauthSettings', 'Crm');
  const eca = (options = {}): Files => ({ ...permissionSetFile, ...externalClientAppFiles(options) });
  const connected = (options = {}): Files => ({ ...permissionSetFile, ...connectedAppFile(options) });
  const retrieved = async (operation: string): Promise<string> => (await local.soap('readMetadata', operation)).text;

  for (const [kind, make, type, name] of [
    ['an External Client App', eca, 'ExtlClntAppGlobalOauthSettings', 'Crm'],
    ['a Connected App', connected, 'ConnectedApp', 'Erp'],
  ] as const) {
    describe(kind, () => {
      it('gets a consumer key, keeps it on redeploy and gives it to a read', async () => {
        expect(await local.problems(make({ certificate: pem }))).to.deep.equal([]);
        const key = keyOf(type, name);
        expect(key).to.match(/^3MVG9[A-Za-z0-9]{80}$/);
        expect(await local.problems(make({ certificate: pem }))).to.deep.equal([]);
        expect(keyOf(type, name)).to.equal(key);
        const read = await retrieved(`<type>${type}</type><fullNames>${name}</fullNames>`);
        expect(read).to.include(`<consumerKey>${key}</consumerKey>`).and.include(`xsi:type="${type}"`);
        expect(read.includes('hidden1234')).to.equal(false);
      });

      it('is what the token endpoint finds', async () => {
        await local.deploy(make({ certificate: pem }));
        const app = findApp(local.org, keyOf(type, name));
        expect(app?.certificate?.fingerprint256).to.equal(new X509Certificate(pem).fingerprint256);
        expect(app).to.deep.include({ permissionSets: ['Crm_Access'], isAdminApproved: true });
      });

      it('cannot change its consumer key, but can say it again', async () => {
        await local.deploy(make());
        expect(await local.problems(make({ consumerKey: keyOf(type, name) }))).to.deep.equal([]);
        expect(await local.problems(make({ consumerKey: 'another12345' }))).to.deep.equal([
          'The consumer key cannot be changed',
        ]);
      });

      it('cannot take the consumer key of an app in another org of the process', async () => {
        const other = openMetadataOrg();
        const consumerKey = `Key${String(Math.random()).slice(2)}`;
        expect(await other.problems(make({ consumerKey }))).to.deep.equal([]);
        const sibling = openMetadataOrg({}, [other.org]);
        expect(await sibling.problems(make({ consumerKey }))).to.deep.equal(['The consumer key is already taken']);
        expect(await local.problems(make({ consumerKey }))).to.deep.equal([]);
      });

      it('takes a certificate in each of its encodings, and keeps it as PEM', async () => {
        const body = pem.split('\n').slice(1, -1).join('');
        for (const certificate of [pem, body, Buffer.from(pem).toString('base64'), pem.replaceAll('\n', '\r\n')]) {
          expect(await local.problems(make({ certificate }))).to.deep.equal([]);
          const stored = findApp(local.org, keyOf(type, name))?.certificate;
          expect(stored?.fingerprint256).to.equal(new X509Certificate(pem).fingerprint256);
        }
      });

      it('refuses certificates that are none, too large or not RSA, with the line', async () => {
        const broken = pem.replace(/[A-Za-z0-9]{20}/, '');
        for (const certificate of ['hello', broken, 'A'.repeat(5000), pem.slice(0, 300)]) {
          const { details } = await local.deploy(make({ certificate }));
          expect(details.componentFailures[0]?.problem).to.match(/^(Invalid certificate|Certificate is too large)/);
          expect(details.componentFailures[0]?.lineNumber).to.be.greaterThan(2);
        }
      });

      it('refuses a private key in the place of the certificate without repeating it', async () => {
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        const certificate = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
        const { details } = await local.deploy(make({ certificate }));
        expect(details.componentFailures[0]?.problem).to.equal('Invalid certificate: it holds a private key');
      });

      it('refuses a permission set that is not there', async () => {
        const problems = await local.problems(make({ permissionSet: 'Nobody' }));
        expect(problems[0]).to.match(/^In field: \w+ - no PermissionSet named Nobody found$/);
      });
    });
  }

  it('clears the certificate of an External Client App that is redeployed without it, and never gives it out', async () => {
    await local.deploy(eca({ certificate: pem }));
    const read = await retrieved('<type>ExtlClntAppGlobalOauthSettings</type><fullNames>Crm</fullNames>');
    expect(read.includes('<certificate>')).to.equal(false);
    await local.deploy(globalOauthFile());
    expect(findApp(local.org, ecaKey())?.certificate).to.equal(undefined);
  });

  it('needs its app for every part', async () => {
    const problems = await local.problems(globalOauthFile());
    expect(problems).to.deep.equal([
      'In field: externalClientApplication - no ExternalClientApplication named Crm found',
    ]);
  });

  it('refuses the parts of an app that the same deploy could not make', async () => {
    const foreign = metadataXml(
      'ExternalClientApplication',
      '<orgScopedExternalApp>00D000000000001:Crm</orgScopedExternalApp>',
    );
    const { status, numberComponentErrors } = await local.deploy(
      { ...eca(), 'externalClientApps/Crm.eca': foreign },
      { options: { rollbackOnError: false } },
    );
    expect([status, numberComponentErrors]).to.deep.equal(['SucceededPartial', 5]);
    expect(local.org.components.types()).to.deep.equal(['PermissionSet']);
  });

  it('refuses an oauthLink of another org, and takes its own', async () => {
    await local.deploy(eca());
    const link = (id: string): Files => ({
      'extlClntAppOauthSettings/Crm.ecaOauth': metadataXml(
        'ExtlClntAppOauthSettings',
        '<externalClientApplication>Crm</externalClientApplication>',
        `<oauthLink>${id}:888000000000001</oauthLink>`,
      ),
    });
    expect((await local.problems(link('00D000000000001')))[0]).to.include('OAuth link');
    expect(await local.problems(link(local.org.id))).to.deep.equal([]);
  });

  it('refuses a second part of one type', async () => {
    await local.deploy(eca());
    const second = { 'extlClntAppGlobalOauthSets/Other.ecaGlblOauth': Object.values(globalOauthFile())[0]! };
    expect((await local.problems(second))[0]).to.include('has its ExtlClntAppGlobalOauthSettings already: Crm');
  });

  it('takes its parts along when it is deleted', async () => {
    await local.deploy(eca());
    await local.soap('deleteMetadata', '<type>ExternalClientApplication</type><fullNames>Crm</fullNames>');
    expect(local.org.components.types()).to.deep.equal(['PermissionSet']);
    expect(local.org.records.all('ExternalClientApplication')).to.deep.equal([]);
  });

  it('refuses new Connected Apps in the words of Salesforce unless they are allowed, and takes existing ones', async () => {
    const strict = openMetadataOrg({ allowConnectedAppCreation: false });
    expect(await strict.problems(connected())).to.deep.equal([
      "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support.",
    ]);
    await local.deploy(connected());
    strict.org.components.put(local.org.components.get('ConnectedApp', 'Erp')!);
    expect(await strict.problems(connected())).to.deep.equal([]);
  });

  it('wants admin approval where permission sets are named', async () => {
    expect(await local.problems(connected({ isAdminApproved: false }))).to.deep.equal([
      'permissionSetName can only be specified if isAdminApproved is true',
    ]);
  });

  describe('a Certificate', () => {
    const pair = () => local.org.keyPairs.get('crm');

    it('is made by the org, whatever content comes with it', async () => {
      await local.deploy({ ...certificateFiles, 'certs/crm.crt': pem });
      const stored = local.org.components.get('Certificate', 'crm')?.files.get('certs/crm.crt');
      const certificate = new X509Certificate(Buffer.from(stored ?? []));
      expect(certificate.fingerprint256 === new X509Certificate(pem).fingerprint256).to.equal(false);
      expect(certificate.subject.split('\n').sort()).to.deep.equal(
        ['CN=crm', 'L=San Francisco', 'O=Salesforce.com', `OU=${local.org.id}`].sort(),
      );
      const signature = createSign('RSA-SHA256').update('x').sign(pair()!.privateKeyPem);
      expect(createVerify('RSA-SHA256').update('x').verify(certificate.publicKey, signature)).to.equal(true);
    });

    it('keeps its keys on redeploy, and loses them when it is deleted', async () => {
      await local.deploy(certificateFiles);
      const before = pair()?.certificatePem;
      const { details } = await local.deploy(certificateFiles);
      expect(details.componentSuccesses.at(-1)).to.include({ changed: false });
      expect(pair()?.certificatePem === before).to.equal(true);
      await local.soap('deleteMetadata', '<type>Certificate</type><fullNames>crm</fullNames>');
      expect(local.org.keyPairs.size).to.equal(0);
      expect(local.org.records.all('Certificate')).to.deep.equal([]);
    });

    for (const [size, days] of [
      ['2048', 365],
      ['4096', 730],
    ] as const) {
      it(`with ${size} bits lasts ${days} days, and has a row`, async () => {
        const meta = metadataXml(
          'Certificate',
          '<caSigned>false</caSigned>',
          `<keySize>${size}</keySize>`,
          '<masterLabel>Crm</masterLabel>',
        );
        await local.deploy({ 'certs/crm.crt': '', 'certs/crm.crt-meta.xml': meta });
        const [row] = local.org.records.all('Certificate');
        expect(row).to.include({
          DeveloperName: 'crm',
          MasterLabel: 'Crm',
          KeySize: Number(size),
          OptionsIsCaSigned: false,
        });
        expect(row?.Id).to.match(/^0P1/);
        const expires = new Date(local.clock + days * 24 * 60 * 60 * 1000).toISOString();
        expect(row?.['ExpirationDate']).to.equal(expires.replace('Z', '+0000'));
        expect(row?.['CertificateChain'] === pair()?.certificatePem).to.equal(true);
      });
    }

    for (const [what, line, problem] of [
      ['a key size that orgs do not make', '<keySize>3072</keySize>', 'Key size must be 2048 or 4096'],
      ['a signing request', '<caSigned>true</caSigned>', 'A local org makes self-signed certificates only'],
      ['a long label', `<masterLabel>${'x'.repeat(65)}</masterLabel>`, 'Label: data value too large'],
    ] as const) {
      it(`refuses ${what}`, async () => {
        const lines = ['<caSigned>false</caSigned>', '<keySize>2048</keySize>', '<masterLabel>x</masterLabel>'].map(
          (one) => (one.slice(0, 5) === line.slice(0, 5) ? line : one),
        );
        const files = { 'certs/crm.crt': '', 'certs/crm.crt-meta.xml': metadataXml('Certificate', ...lines) };
        const problems = await local.problems(files);
        expect(problems).to.have.length(1);
        expect(problems[0]).to.include(problem);
      });
    }
  });
});
