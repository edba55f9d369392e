import { expect } from 'chai';
import { apexNotExecuted } from '../../../../src/local-org/apex/not-executed.js';
import { openMetadataOrg, zipOf, type MetadataOrg } from './metadata-org.js';
import {
  allFiles,
  classFiles,
  metadataXml,
  packageXml,
  permissionSetFile,
  remoteSiteFile,
  type Files,
} from './sample-files.js';

const badSite = remoteSiteFile('ftp://acme.com');

describe('local-org/metadata: deploy', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  const names = (type: string) => local.org.components.all(type).map(({ fullName }) => fullName);

  it('creates, then leaves unchanged, then changes, and keeps the id', async () => {
    const message = async (files: Files) =>
      (await local.deploy(files)).details.componentSuccesses.find(({ componentType }) => componentType !== '');
    const created = await message(permissionSetFile);
    expect(created).to.include({
      created: true,
      changed: true,
      fullName: 'Crm_Access',
      componentType: 'PermissionSet',
    });
    expect(created?.id).to.match(/^0PS\w{15}$/);
    expect(await message(permissionSetFile)).to.include({ created: false, changed: false, id: created?.id });
    const changed = { 'permissionsets/Crm_Access.permissionset': metadataXml('PermissionSet', '<label>New</label>') };
    expect(await message(changed)).to.include({ created: false, changed: true, id: created?.id });
    expect(local.org.records.get('PermissionSet', created?.id ?? '')).to.include({ Name: 'Crm_Access', Label: 'New' });
  });

  it('takes the dates of messages from the clock of the org', async () => {
    const { completedDate } = await local.deploy(permissionSetFile);
    expect(completedDate).to.equal('2026-06-01T12:00:00.000Z');
  });

  it('names type, name and file in every message', async () => {
    const { details } = await local.deploy({ ...allFiles(), ...badSite });
    for (const message of [...details.componentFailures, ...details.componentSuccesses]) {
      expect(message.componentType, message.fileName).to.be.a('string');
      expect(message.fileName).not.to.equal('');
      expect(message.fullName).not.to.equal('');
    }
  });

  it('keeps nothing of a deploy with one bad component when it rolls back', async () => {
    const result = await local.deploy({ ...allFiles(), ...badSite });
    expect(result).to.include({ status: 'Failed', success: false, numberComponentErrors: 1 });
    expect(local.org.components.types()).to.deep.equal([]);
    expect(local.org.keyPairs.size).to.equal(0);
    expect(local.org.records.all('ApexClass')).to.deep.equal([]);
  });

  it('keeps the good components when it does not roll back', async () => {
    const result = await local.deploy({ ...permissionSetFile, ...badSite }, { options: { rollbackOnError: false } });
    expect(result).to.include({ status: 'SucceededPartial', numberComponentErrors: 1, numberComponentsDeployed: 1 });
    expect([names('PermissionSet'), names('RemoteSiteSetting')]).to.deep.equal([['Crm_Access'], []]);
  });

  it('keeps nothing of a validation', async () => {
    const result = await local.deploy(allFiles(), { options: { checkOnly: true } });
    expect(result.details.componentFailures).to.deep.equal([]);
    expect(result).to.include({ status: 'Succeeded', checkOnly: true });
    expect(local.org.components.types()).to.deep.equal([]);
    expect(local.org.keyPairs.size).to.equal(0);
    expect(local.org.records.all('PermissionSet').some(({ Name }) => Name === 'Crm_Access')).to.equal(false);
  });

  it('mirrors a class as a row', async () => {
    await local.deploy(classFiles);
    const [row] = local.org.records.all('ApexClass');
    expect(row).to.include({
      Name: 'Pricing',
      ApiVersion: 67,
      Status: 'Active',
      Body: classFiles['classes/Pricing.cls'],
    });
    const withoutComment = classFiles['classes/Pricing.cls'].replace('// comment', '');
    expect(row?.['LengthWithoutComments']).to.equal(withoutComment.length);
  });

  const packages: readonly (readonly [string, Files, string, string])[] = [
    [
      'a member without a file',
      {},
      packageXml({ ApexClass: ['Nobody'] }),
      "An object 'Nobody' of type ApexClass was named in package.xml, but was not found in zipped directory",
    ],
    ['a file that is not named', permissionSetFile, packageXml({}), 'Not in package.xml'],
    ['a folder of no type', { 'odd/X.odd': 'x' }, packageXml({}), 'Not in package.xml'],
    [
      'a type it does not keep',
      {},
      packageXml({ ExperienceBundle: ['*'] }),
      "Unknown type name 'ExperienceBundle' specified in package.xml. A local org keeps only the types that it describes.",
    ],
    ['a manifest that is no XML', {}, '<Package', 'Error parsing file: '],
    ['a manifest of something else', {}, metadataXml('Bundle'), 'Error parsing file: Unknown element Bundle'],
    [
      'a group without a type',
      {},
      metadataXml('Package', '<types><members>A</members></types>', '<version>67.0</version>'),
      'Required field is missing: name',
    ],
    ['a package of no version', {}, metadataXml('Package'), 'No version specified'],
    ['a version to come', {}, packageXml({}).replace('67.0', '99.0'), 'Invalid version specified:99.0'],
    ['a version that is none', {}, packageXml({}).replace('67.0', '67'), 'Invalid version specified:67'],
    ['a broken destructiveChanges.xml', { 'destructiveChanges.xml': 'x' }, packageXml({}), 'Error parsing file: '],
  ];
  for (const [what, files, manifest, problem] of packages) {
    it(`refuses ${what}`, async () => {
      const problems = await local.problems(files, { manifest });
      expect(problems).to.have.length(1);
      expect(problems[0]).to.satisfy((text: string) => text.startsWith(problem), problems[0]);
    });
  }

  it('takes a wildcard for all files of a type, and missing files where that is allowed', async () => {
    expect(await local.problems(permissionSetFile, { manifest: packageXml({ PermissionSet: ['*'] }) })).to.deep.equal(
      [],
    );
    const manifest = packageXml({ ApexClass: ['Nobody'] });
    expect(await local.problems({}, { manifest, options: { allowMissingFiles: true } })).to.deep.equal([]);
  });

  it('says that there is no package.xml', async () => {
    const { details } = await local.deployZip(zipOf(permissionSetFile));
    expect(details.componentFailures[0]).to.include({
      problem: 'No package.xml found',
      fileName: 'package.xml',
      fullName: 'package.xml',
      componentType: '',
    });
  });

  it('takes each folder for a package unless told that there is one', async () => {
    const zip = zipOf({ 'package.xml': packageXml({}), ...permissionSetFile });
    const { details } = await local.deployZip(zip, { singlePackage: false });
    expect(details.componentFailures[0]).to.include({
      problem: 'No package.xml found',
      fileName: 'permissionsets/package.xml',
    });
    const inFolder = zipOf({
      'one/package.xml': packageXml({ PermissionSet: ['Crm_Access'] }),
      'one/permissionsets/Crm_Access.permissionset': permissionSetFile['permissionsets/Crm_Access.permissionset'],
    });
    expect((await local.deployZip(inFolder, { singlePackage: false })).status).to.equal('Succeeded');
    expect((await local.deployZip(inFolder)).status).to.equal('Succeeded');
  });

  it('fails, and does not fault, on what is no zip', async () => {
    const result = await local.deployZip(Buffer.from('hello'));
    expect(result).to.include({ status: 'Failed', done: true });
    expect(result.details.componentFailures[0]?.problem).to.include('not a zip file');
  });

  const files: readonly (readonly [string, Files, string])[] = [
    ['a bad name', { 'permissionsets/Crm__Access.permissionset': '' }, 'The name can only contain underscores'],
    ['XML that is not well-formed', { 'permissionsets/A.permissionset': '<PermissionSet>' }, 'Error parsing file: '],
    [
      'a root of another type',
      { 'permissionsets/A.permissionset': metadataXml('Profile') },
      'Error parsing file: Root element',
    ],
    [
      'a root of no namespace',
      { 'permissionsets/A.permissionset': '<PermissionSet/>' },
      'Error parsing file: Root element',
    ],
    ['a class without its XML', { 'classes/A.cls': 'class A {}' }, 'Required file is missing: classes/A.cls-meta.xml'],
  ];
  for (const [what, one, problem] of files) {
    it(`refuses ${what}`, async () => {
      const problems = await local.problems(one);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.satisfy((text: string) => text.startsWith(problem), problems[0]);
    });
  }

  it('refuses a class of which only the XML is there', async () => {
    const xml = { 'classes/A.cls-meta.xml': classFiles['classes/Pricing.cls-meta.xml'] };
    const problems = await local.problems(xml, { manifest: packageXml({ ApexClass: ['A'] }) });
    expect(problems).to.deep.equal(['Required file is missing: classes/A.cls']);
  });

  for (const url of ['acme.com', 'javascript:alert(1)', 'https://', 'https://a b']) {
    it(`refuses the remote site ${url}`, async () => {
      expect((await local.problems(remoteSiteFile(url)))[0]).to.include('must be a URL');
    });
  }

  it('deletes before and after the rest, and takes the rows along', async () => {
    await local.deploy({ ...permissionSetFile, ...classFiles });
    const files: Files = {
      'destructiveChangesPre.xml': packageXml({ PermissionSet: ['Crm_Access'] }),
      'destructiveChangesPost.xml': packageXml({ ApexClass: ['Pricing', 'Nobody'] }),
    };
    const options = { ignoreWarnings: true };
    const { details, status } = await local.deploy(files, { manifest: packageXml({}), options });
    expect(status).to.equal('Succeeded');
    const [, first, second, warning] = details.componentSuccesses;
    expect(first).to.include({ deleted: true, fullName: 'Crm_Access', fileName: 'destructiveChangesPre.xml' });
    expect(second).to.include({ deleted: true, fullName: 'Pricing' });
    expect(warning).to.include({ problem: 'No ApexClass named: Nobody found', problemType: 'Warning', deleted: false });
    expect(local.org.components.types()).to.deep.equal([]);
    expect(local.org.records.all('ApexClass')).to.deep.equal([]);
  });

  it('makes a component anew that the same deploy deletes first', async () => {
    await local.deploy(permissionSetFile);
    const files = { ...permissionSetFile, 'destructiveChanges.xml': packageXml({ PermissionSet: ['Crm_Access'] }) };
    const { details } = await local.deploy(files);
    expect(details.componentSuccesses.filter(({ fullName }) => fullName === 'Crm_Access')).to.have.length(2);
    expect(details.componentSuccesses.at(-1)).to.include({ created: true });
    expect(names('PermissionSet')).to.deep.equal(['Crm_Access']);
  });

  it('says that it runs no tests', async () => {
    const result = await local.deploy(classFiles, { options: { testLevel: 'RunLocalTests' } });
    expect(result).to.include({ runTestsEnabled: true, numberTestsTotal: 0 });
    expect(result.details.runTestResult).to.include({ numTestsRun: 0 });
    expect(result.details.runTestResult.codeCoverageWarnings[0]?.message).to.equal(apexNotExecuted);
  });

  it('makes one pair of keys where two deploys at once create a certificate', async () => {
    const results = await Promise.all([local.deploy(allFiles()), local.deploy(allFiles())]);
    expect(results.map(({ status }) => status)).to.deep.equal(['Succeeded', 'Succeeded']);
    const stored = local.org.components.get('Certificate', 'crm')?.files.get('certs/crm.crt');
    expect(Buffer.from(stored ?? []).toString()).to.equal(local.org.keyPairs.get('crm')?.certificatePem);
  });
});
