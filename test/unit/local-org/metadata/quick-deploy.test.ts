import { expect } from 'chai';
import { startDeploy } from '../../../../src/local-org/metadata/deploy/deploy-jobs.js';
import { readJsonOptions } from '../../../../src/local-org/metadata/deploy/deploy-options.js';
import { openMetadataOrg, zipOf, type MetadataOrg } from './metadata-org.js';
import { packageXml, permissionSetFile } from './sample-files.js';

const dayMs = 24 * 60 * 60 * 1000;

describe('local-org/metadata: quick deploy', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  const quick = (id: string) =>
    local.rest(
      'POST',
      '/services/data/v67.0/metadata/deployRequest',
      Buffer.from(JSON.stringify({ validatedDeployRequestId: id })),
      { 'content-type': 'application/json' },
    );

  const validation = { options: { checkOnly: true, testLevel: 'RunLocalTests' } };

  it('deploys a validation of nine days, and forgets one of eleven', async () => {
    const { id } = await local.deploy(permissionSetFile, validation);
    local.clock += 9 * dayMs;
    expect((await quick(id)).status).to.equal(201);
    expect(local.org.components.get('PermissionSet', 'Crm_Access')).to.be.an('object');
    local = openMetadataOrg();
    const { id: old } = await local.deploy(permissionSetFile, validation);
    local.clock += 11 * dayMs;
    const late = await quick(old);
    expect(late.status).to.equal(404);
    expect(late.text).to.include('not a successful validation of the last 10 days');
  });

  it('deploys a validation once, also where deploys wait', async () => {
    for (const deployDelayPolls of [0, 5]) {
      local = openMetadataOrg();
      const { id } = await local.deploy(permissionSetFile, validation);
      Object.assign(local.org.settings, { deployDelayPolls });
      expect([(await quick(id)).status, (await quick(id)).status]).to.deep.equal([201, 404]);
    }
  });

  it('wants a new validation after any deploy that changed the org', async () => {
    const { id } = await local.deploy(permissionSetFile, validation);
    await local.deploy({ 'classes/A.cls': '' });
    await local.deploy(permissionSetFile, { options: { checkOnly: true } });
    const { id: other } = await local.deploy(permissionSetFile, validation);
    expect((await quick(other)).status).to.equal(201);
    expect((await quick(id)).status).to.equal(404);
  });

  it('does not keep zips that nobody may deploy any more', async () => {
    const { id } = await local.deploy(permissionSetFile, { options: { checkOnly: true } });
    local.clock += 11 * dayMs;
    const read = readJsonOptions({});
    if (read.kind === 'fault') throw new Error(read.message);
    await startDeploy(local.org, '', zipOf({ 'package.xml': packageXml({}) }), read.options);
    expect(local.org.records.get('DeployRequest', id)).to.include({ LocalValidated: null });
  });

  it('does not take a deploy, or a validation that failed, for a validation', async () => {
    const deployed = await local.deploy(permissionSetFile);
    const failed = await local.deploy({ 'classes/A.cls': '' }, validation);
    for (const { id } of [deployed, failed]) expect((await quick(id)).status).to.equal(404);
  });

  it('takes no validation that was not to run tests', async () => {
    for (const levels of [{}, { testLevel: 'NoTestRun' }] as readonly Readonly<Record<string, string>>[]) {
      const { id } = await local.deploy(permissionSetFile, { options: { checkOnly: true, ...levels } });
      const answer = await quick(id);
      expect([answer.status, answer.text]).to.deep.equal([
        404,
        '[{"message":"The validation was not to run tests: a quick deploy is of one whose Apex tests have passed","errorCode":"INVALID_ID_FIELD"}]',
      ]);
    }
    expect(local.org.components.get('PermissionSet', 'Crm_Access')).to.equal(undefined);
  });
});
