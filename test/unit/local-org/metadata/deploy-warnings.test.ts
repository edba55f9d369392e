import { expect } from 'chai';
import { openMetadataOrg, type MetadataOrg } from './metadata-org.js';
import { classFiles, metadataXml, packageXml, permissionSetFile, type Files } from './sample-files.js';

describe('local-org/metadata: warnings and deletions', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  const nobody: Files = { ...permissionSetFile, 'destructiveChangesPost.xml': packageXml({ ApexClass: ['Nobody'] }) };
  const names = () => local.org.components.all('PermissionSet').map(({ fullName }) => fullName);

  it('fails a deploy for a warning, and keeps nothing', async () => {
    const { status, details } = await local.deploy(nobody);
    expect(status).to.equal('Failed');
    expect(details.componentFailures).to.have.length(1);
    expect(details.componentFailures[0]).to.include({
      problem: 'No ApexClass named: Nobody found',
      problemType: 'Warning',
      success: false,
      componentType: 'ApexClass',
      fileName: 'destructiveChangesPost.xml',
    });
    expect(names()).to.deep.equal([]);
  });

  it('lets a warning be where warnings are ignored, or nothing is rolled back', async () => {
    const ignored = await local.deploy(nobody, { options: { ignoreWarnings: true } });
    expect(ignored).to.include({ status: 'Succeeded', numberComponentErrors: 0 });
    expect(ignored.details.componentSuccesses.at(-1)).to.include({ problemType: 'Warning', success: true });
    const kept = await local.deploy(nobody, { options: { rollbackOnError: false } });
    expect(kept).to.include({ status: 'SucceededPartial', numberComponentErrors: 1 });
    expect(names()).to.deep.equal(['Crm_Access']);
  });

  it('deletes behind the rest what the same deploy makes', async () => {
    const files = { ...permissionSetFile, 'destructiveChangesPost.xml': packageXml({ PermissionSet: ['Crm_Access'] }) };
    expect((await local.deploy(files)).status).to.equal('Succeeded');
    expect(names()).to.deep.equal([]);
  });

  it('keeps what a validation would delete', async () => {
    await local.deploy(permissionSetFile);
    const files = { 'destructiveChanges.xml': packageXml({ PermissionSet: ['Crm_Access'] }) };
    const { details } = await local.deploy(files, { manifest: packageXml({}), options: { checkOnly: true } });
    expect(details.componentSuccesses.at(-1)).to.include({ deleted: true, fullName: 'Crm_Access' });
    expect(names()).to.deep.equal(['Crm_Access']);
  });

  const trigger = (body: string): Files => ({
    'triggers/OnOrder.trigger': body,
    'triggers/OnOrder.trigger-meta.xml': metadataXml(
      'ApexTrigger',
      '<apiVersion>67.0</apiVersion>',
      '<status>Active</status>',
    ),
  });
  const named = { manifest: packageXml({ ApexTrigger: ['OnOrder'] }) };

  it('parses triggers', async () => {
    expect(await local.problems(trigger('trigger OnOrder on Order (before insert) {}'), named)).to.deep.equal([]);
    const { details } = await local.deploy(
      trigger('trigger OnOrder on Order (before insert) {\n  Integer x = ;\n}'),
      named,
    );
    expect(details.componentFailures[0]).to.include({ componentType: 'ApexTrigger', lineNumber: 2 });
    const other = await local.problems(trigger('trigger Other on Order (before insert) {}'), named);
    expect(other).to.deep.equal(['File name mismatch with trigger name: Other']);
  });

  it('says which classes and permission sets profiles and groups name that are not there', async () => {
    const files: Files = {
      'profiles/Admin.profile': metadataXml(
        'Profile',
        '<classAccesses><apexClass>Pricing</apexClass><enabled>true</enabled></classAccesses>',
      ),
      'permissionsetgroups/All.permissionsetgroup': metadataXml(
        'PermissionSetGroup',
        '<label>All</label>',
        '<permissionSets>Crm_Access</permissionSets>',
      ),
    };
    const manifest = packageXml({ Profile: ['Admin'], PermissionSetGroup: ['All'] });
    expect([...(await local.problems(files, { manifest }))].sort()).to.deep.equal([
      'In field: apexClass - no ApexClass named Pricing found',
      'In field: permissionSets - no PermissionSet named Crm_Access found',
    ]);
    await local.deploy({ ...classFiles, ...permissionSetFile });
    expect(await local.problems(files, { manifest })).to.deep.equal([]);
  });

  it('answers a deploy without a zip, or with one that is no base64, as orgs do', async () => {
    const none = await local.soap('deploy', '<DeployOptions/>');
    expect(none.text).to.include('INVALID_OPERATION: No zip file content passed in');
    const odd = await local.soap('deploy', '<ZipFile>?</ZipFile>');
    expect(odd.status).to.equal(500);
    expect(odd.text).to.include('soapenv:Client');
  });
});
