import type { Connection } from '@salesforce/core';
import { MetadataApiDeploy } from '@salesforce/source-deploy-retrieve';
import { expect } from 'chai';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { createKeyMaterial } from '../../src/keys/create.js';
import { startLocalOrgs, type LocalOrgs } from '../../src/local-org/index.js';
import { temporaryProject } from '../helpers/home.js';
import { deploySource, poll, problemsOf, retrieveSource, sourceOf } from '../helpers/sdr.js';
import {
  allFiles,
  classFiles,
  metadataXml,
  packageXml,
  permissionSetFile,
  remoteSiteFile,
} from '../unit/local-org/metadata/sample-files.js';

type Failure = { filePath: string; lineNumber: number; columnNumber: number; error: string };

/** The real source-deploy-retrieve, as the CLI uses it, against a local org. */
describe('source-deploy-retrieve and a local org', () => {
  let orgs: LocalOrgs;
  let connection: Connection;
  let certificate: string;
  const home = process.env['HOME'];

  before(async () => {
    process.env['HOME'] = temporaryProject('sdr-home');
    const material = await createKeyMaterial({
      keySize: 2048,
      subject: { CN: 'crm' },
      validDays: 30,
      now: new Date(),
    });
    certificate = material.certificate.toString().trim();
  });

  after(() => void (process.env['HOME'] = home));

  beforeEach(async () => {
    orgs = await startLocalOrgs({ orgs: [{ alias: 'sdr' }], settings: { allowConnectedAppCreation: true } });
    connection = await connectLocalOrg(orgs.orgs[0]!);
  });

  afterEach(() => orgs.close());

  const deploy = (folder: string, apiOptions?: Parameters<typeof deploySource>[2]) =>
    deploySource(connection, folder, apiOptions);
  const retrieve = (members: Parameters<typeof retrieveSource>[1]) => retrieveSource(connection, members);

  const statesOf = (result: { getFileResponses(): readonly { state: string }[] }) => [
    ...new Set(result.getFileResponses().map(({ state }) => state)),
  ];

  for (const rest of [false, true]) {
    it(`deploys a component of every type through ${rest ? 'REST' : 'SOAP'}, and changes nothing the second time`, async () => {
      const folder = sourceOf(allFiles({ certificate }));
      const first = await deploy(folder, { rest });
      expect(problemsOf(first)).to.deep.equal([]);
      expect(first.response).to.include({ status: 'Succeeded', success: true, done: true });
      expect(Number(first.response.numberComponentsTotal)).to.equal(19);
      expect(statesOf(first)).to.deep.equal(['Created']);
      const second = await deploy(folder, { rest });
      expect(second.response.status).to.equal('Succeeded');
      expect(statesOf(second)).to.deep.equal(['Unchanged']);
    });

    it(`reports a failure with its file, line and column through ${rest ? 'REST' : 'SOAP'}, and keeps nothing`, async () => {
      const broken = metadataXml('RemoteSiteSetting', '<isActive>perhaps</isActive>', '<url>https://a.b</url>');
      const folder = sourceOf({ ...permissionSetFile, 'remoteSiteSettings/Crm.remoteSite': broken });
      const result = await deploy(folder, { rest });
      expect(result.response.status).to.equal('Failed');
      const failed = result.getFileResponses().filter(({ state }) => String(state) === 'Failed');
      expect(failed).to.have.length.greaterThan(0);
      const [first] = failed as unknown as readonly Failure[];
      expect(first?.filePath).to.equal(join(folder, 'remoteSiteSettings', 'Crm.remoteSite-meta.xml'));
      expect([first?.lineNumber, first?.columnNumber]).to.deep.equal([3, 15]);
      expect(first?.error).to.include("'perhaps' is not valid for the type xsd:boolean");
      expect(await connection.metadata.list({ type: 'PermissionSet' })).to.deep.equal([]);
    });
  }

  it('fails a single component without anything else in the result', async () => {
    const result = await deploy(sourceOf(remoteSiteFile('ftp://acme.com')));
    const responses = result.getFileResponses() as readonly { state: string; error?: string }[];
    expect(responses).to.have.length(1);
    expect(responses[0]!.error).to.include('Remote Site URL');
  });

  it('retrieves what was deployed, with a certificate of the org, and without the one of the app', async () => {
    await deploy(sourceOf(allFiles({ certificate })));
    const { result, text } = await retrieve([
      { type: 'Certificate', fullName: 'crm' },
      { type: 'PermissionSet', fullName: '*' },
      { type: 'ApexClass', fullName: '*' },
      { type: 'CustomMetadata', fullName: 'ErpSettings.Default' },
      { type: 'ExtlClntAppGlobalOauthSettings', fullName: 'Crm' },
    ]);
    expect(result.response.status).to.equal('Succeeded');
    const { subject } = new X509Certificate(text('certs/crm.crt'));
    expect(subject).to.include('CN=crm').and.include('O=Salesforce.com').and.include(`OU=${orgs.orgs[0]!.orgId}`);
    expect(text('classes/Pricing.cls')).to.equal(classFiles['classes/Pricing.cls']);
    expect(text('permissionsets/Crm_Access.permissionset-meta.xml')).to.include('<label>Crm &amp; Co</label>');
    expect(text('customMetadata/ErpSettings.Default.md-meta.xml')).to.include('xsi:type="xsd:string">k</value>');
    const settings = text('extlClntAppGlobalOauthSets/Crm.ecaGlblOauth-meta.xml');
    expect(settings).to.match(/<consumerKey>3MVG9[A-Za-z0-9]{80}<\/consumerKey>/);
    expect(settings).not.to.include('<certificate>');
  });

  it('says which component a retrieve did not find', async () => {
    const { result } = await retrieve([{ type: 'ApexClass', fullName: 'Nobody' }]);
    expect(result.getFileResponses()).to.deep.include({
      fullName: 'Nobody',
      type: 'ApexClass',
      state: 'Failed',
      error: "Entity of type 'ApexClass' named 'Nobody' cannot be found",
      problemType: 'Error',
    });
  });

  it('gives the consumer key to a read, as a single record', async () => {
    await deploy(sourceOf(allFiles({ certificate })));
    const settings: unknown = await connection.metadata.read('ExtlClntAppGlobalOauthSettings' as never, 'Crm');
    expect([settings].flat()[0])
      .to.have.property('consumerKey')
      .that.matches(/^3MVG9/);
    const app = await connection.metadata.read('ConnectedApp', 'Erp');
    expect(app.oauthConfig?.consumerKey).to.match(/^3MVG9/);
    expect(app.oauthConfig).not.to.have.property('consumerSecret', 'hidden1234');
  });

  it('validates without keeping anything, and deploys the validation later', async () => {
    for (const rest of [false, true]) {
      // Each validation is deployed once: a deploy ends that those before it qualify.
      const validation = await deploy(sourceOf(permissionSetFile), { checkOnly: true, testLevel: 'RunLocalTests' });
      expect(validation.response).to.include({ status: 'Succeeded', checkOnly: true });
      expect(await connection.metadata.list({ type: 'PermissionSet' })).to.have.length(rest ? 1 : 0);
      const id = await connection.metadata.deployRecentValidation({ id: validation.response.id, rest });
      const status = await connection.metadata.checkDeployStatus(String(id), true, rest);
      expect(status).to.include({ status: 'Succeeded', checkOnly: false });
    }
    expect(await connection.metadata.list({ type: 'PermissionSet' })).to.have.length(1);
  });

  it('deploys a folder in the format of the Metadata API and deletes with destructiveChanges.xml', async () => {
    const folder = join(temporaryProject('sdr-mdapi'), 'mdapi');
    mkdirSync(join(folder, 'permissionsets'), { recursive: true });
    const write = (name: string, content: string) => writeFileSync(join(folder, name), content);
    const run = async () => {
      const apiOptions = { ignoreWarnings: true, rollbackOnError: true, singlePackage: true };
      const job = new MetadataApiDeploy({ usernameOrConnection: connection, mdapiPath: folder, apiOptions });
      await job.start();
      return job.pollStatus(...poll);
    };
    write('package.xml', packageXml({ PermissionSet: ['Crm_Access'] }));
    write('permissionsets/Crm_Access.permissionset', permissionSetFile['permissionsets/Crm_Access.permissionset']);
    expect((await run()).response.status).to.equal('Succeeded');
    write('package.xml', packageXml({}));
    write('destructiveChanges.xml', packageXml({ PermissionSet: ['Crm_Access'], ApexClass: ['Nobody'] }));
    rmSync(join(folder, 'permissionsets'), { recursive: true });
    const { response } = await run();
    expect(response.status).to.equal('Succeeded');
    const deleted = [response.details.componentSuccesses ?? []].flat();
    expect(deleted.find(({ fullName }) => fullName === 'Crm_Access')).to.include({ deleted: true });
    expect(deleted.map(({ problem }) => problem)).to.include('No ApexClass named: Nobody found');
    expect(await connection.metadata.list({ type: 'PermissionSet' })).to.deep.equal([]);
  });

  it('refuses to cancel a finished deploy, and polls for deploys that there are not, as orgs do', async () => {
    const { response } = await deploy(sourceOf(permissionSetFile));
    const failure = (promise: Promise<unknown>) => promise.catch((reason: unknown) => String(reason));
    expect(await failure(connection.metadata.cancelDeploy(response.id))).to.include('Deployment already completed');
    for (const rest of [false, true]) {
      const error = await failure(connection.metadata.checkDeployStatus('0Af000000000001AAA', true, rest));
      expect(error).to.include('invalid cross reference id');
    }
  });

  it('describes its types', async () => {
    const { metadataObjects } = await connection.metadata.describe();
    expect(metadataObjects.find(({ xmlName }) => xmlName === 'Certificate')).to.include({
      directoryName: 'certs',
      suffix: 'crt',
      metaFile: true,
      inFolder: false,
    });
  });
});
