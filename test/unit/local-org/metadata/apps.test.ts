import { expect } from 'chai';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { findApp } from '../../../../src/local-org/apps.js';
import { createKeyMaterial } from '../../../../src/keys/create.js';
import { consumerKeyOf } from '../../../../src/local-org/metadata/components/consumer-key.js';
import { openStored } from '../../../../src/local-org/metadata/package/candidate.js';
import { openMetadataOrg, type MetadataOrg } from './metadata-org.js';
import {
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

      it('takes the consumer key of no other app of the same deploy, of whichever kind', async () => {
        const key = { consumerKey: 'SharedKey12345', consumerSecret: 'x' };
        const other = type === 'ConnectedApp' ? eca : connected;
        const { details } = await local.deploy({ ...make(key), ...other(key) });
        const taken = details.componentFailures.filter(
          ({ problem }) => problem === 'The consumer key is already taken',
        );
        expect(taken).to.have.length(1);
        expect(taken[0]?.lineNumber).to.be.greaterThan(2);
        expect(local.org.components.types()).to.deep.equal([]);
      });

      it('says where in the file what it refuses stands', async () => {
        await local.deploy(make());
        for (const options of [{ consumerKey: 'another12345' }, { permissionSet: 'Nobody' }]) {
          const [failure] = (await local.deploy(make(options))).details.componentFailures;
          const [what = ''] = Object.values(options);
          const file = Object.entries(make(options)).find(([path]) => path === failure?.fileName)?.[1] ?? '';
          expect(file.split('\n')[(failure?.lineNumber ?? 0) - 1]).to.include(what);
        }
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

  for (const [path, part, broken, problem] of [
    ['externalClientApps/Crm.eca', /<label>.*<\/label>/, '', 'Required field is missing: label'],
    ['externalClientApps/Crm.eca', /<contactEmail>.*<\/contactEmail>/, '', 'Required field is missing: contactEmail'],
    [
      'extlClntAppGlobalOauthSets/Crm.ecaGlblOauth',
      /<callbackUrl>.*<\/callbackUrl>/,
      '',
      'Required field is missing: callbackUrl',
    ],
    [
      'extlClntAppOauthSettings/Crm.ecaOauth',
      /Api, Web/,
      'Api, Bogus',
      'In field: commaSeparatedOauthScopes - no OAuth scope named Bogus found',
    ],
    [
      'extlClntAppOauthPolicies/Crm.ecaOauthPlcy',
      /<externalClientApplication>/,
      '<commaSeparatedProfile>System Administrator, Nope Profile</commaSeparatedProfile><externalClientApplication>',
      'In field: commaSeparatedProfile - no Profile named Nope Profile found',
    ],
  ] as const) {
    it(`refuses an app: ${problem}`, async () => {
      const files = eca();
      const { details } = await local.deploy({ ...files, [path]: files[path]!.replace(part, broken) });
      expect(details.componentFailures[0]).to.include({ problem, fileName: path });
      expect(details.componentFailures[0]?.lineNumber).to.be.greaterThan(1);
    });
  }

  it('takes scopes that orgs know, and profiles by name and id', async () => {
    await local.deploy(eca());
    const id = local.org.records.all('Profile')[0]!.Id;
    const files = {
      'extlClntAppOauthSettings/Crm.ecaOauth': metadataXml(
        'ExtlClntAppOauthSettings',
        '<commaSeparatedOauthScopes>SFApiPlatform,Api ,MCP</commaSeparatedOauthScopes>',
        '<externalClientApplication>Crm</externalClientApplication>',
      ),
      'extlClntAppOauthPolicies/Crm.ecaOauthPlcy': metadataXml(
        'ExtlClntAppOauthConfigurablePolicies',
        `<commaSeparatedProfile>System Administrator,${id}</commaSeparatedProfile>`,
        '<externalClientApplication>Crm</externalClientApplication>',
      ),
    };
    expect(await local.problems(files)).to.deep.equal([]);
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
      '<contactEmail>ops@acme.com</contactEmail>',
      '<label>Crm</label>',
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
});
