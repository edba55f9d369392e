import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { orgAlias, startSfOrg, type SfOrg } from '../helpers/sf-org.js';
import type { SfJson } from '../helpers/sf-cli.js';
import { classFiles, metadataXml, writeSource } from '../unit/local-org/metadata/sample-files.js';

type Failure = { readonly fileName: string; readonly problem: string };

const soap = 'POST /services/Soap/m/67.0';
const rest = 'POST /services/data/v67.0/metadata/deployRequest';

/** How the CLI talks to the Metadata API, as its setting `org-metadata-rest-deploy` tells it. */
const modes = [
  { mode: 'SOAP', env: { SF_ORG_METADATA_REST_DEPLOY: 'false' }, used: soap, unused: rest },
  { mode: 'REST', env: { SF_ORG_METADATA_REST_DEPLOY: 'true' }, used: rest, unused: soap },
];

describe('sf and the metadata of a local org', () => {
  let nut: SfOrg;
  let source: string;

  before(async () => {
    nut = await startSfOrg('metadata');
    source = join(nut.project, 'force-app', 'main', 'default');
    expect((await nut.logIn()).status).to.equal(0);
  });

  after(() => nut.close());

  const deploy = (action: string, flags: readonly string[], env: NodeJS.ProcessEnv): Promise<SfJson['result']> =>
    nut.run(['project', 'deploy', action, ...flags], env);

  const names = async (type: string): Promise<readonly string[]> =>
    (await nut.run(['org', 'list', 'metadata', '--metadata-type', type])).map(({ fullName }: SfJson) => fullName);

  const permissionSet = (name: string): readonly string[] => {
    writeSource(source, { [`permissionsets/${name}.permissionset`]: metadataXml('PermissionSet', '<label>x</label>') });
    return ['--metadata', `PermissionSet:${name}`];
  };

  it('org list metadata-types names types with their folders', async () => {
    const { metadataObjects } = await nut.run(['org', 'list', 'metadata-types']);
    const types = metadataObjects as readonly { readonly xmlName: string }[];
    expect(types.find(({ xmlName }) => xmlName === 'ApexClass')).to.include({
      directoryName: 'classes',
      suffix: 'cls',
      metaFile: true,
    });
  });

  for (const { mode, env, used, unused } of modes) {
    describe(`through ${mode}`, () => {
      it('project deploy start deploys, and asks the API that it was told to', async () => {
        const flags = permissionSet(`Start${mode}`);
        const { result, requests } = await nut.org.watch(() => deploy('start', flags, env));
        expect(result).to.include({ status: 'Succeeded', success: true, numberComponentsDeployed: 1 });
        expect(result.files[0]).to.include({ fullName: `Start${mode}`, type: 'PermissionSet', state: 'Created' });
        expect(requests).to.include(used).and.not.to.include(unused);
        expect(await names('PermissionSet')).to.include(`Start${mode}`);
      });

      it('project deploy start names file, line and column of what is wrong, and keeps nothing', async () => {
        const classes = { ...classFiles, 'classes/Pricing.cls': 'public class Pricing {\n    Integer = 1;\n}\n' };
        writeSource(source, classes);
        const flags = ['--metadata', 'ApexClass:Pricing', ...permissionSet(`Rolled${mode}`)];
        const answer = await nut.refused(['project', 'deploy', 'start', ...flags], env);
        const [failure] = answer.result.details.componentFailures as readonly Failure[];
        expect(failure).to.include({ fileName: 'classes/Pricing.cls', lineNumber: 2, columnNumber: 13 });
        expect(await names('PermissionSet')).not.to.include(`Rolled${mode}`);
      });

      it('project deploy validate keeps nothing, and project deploy quick deploys it later', async () => {
        writeSource(source, { 'classes/PricingTest.cls': '@IsTest\nprivate class PricingTest {}\n' });
        writeSource(source, { 'classes/PricingTest.cls-meta.xml': classFiles['classes/Pricing.cls-meta.xml'] });
        const tests = ['--test-level', 'RunSpecifiedTests', '--tests', 'PricingTest'];
        const flags = ['--metadata', 'ApexClass:PricingTest', ...permissionSet(`Quick${mode}`), ...tests];
        const validation = await deploy('validate', flags, env);
        expect(validation).to.include({ status: 'Succeeded', checkOnly: true });
        // Tests that did not run must not look as if they had passed.
        const { codeCoverageWarnings } = validation.details.runTestResult;
        expect(codeCoverageWarnings[0].message).to.equal('Not executed: a local org does not run Apex.');
        expect(await names('PermissionSet')).not.to.include(`Quick${mode}`);
        const quick = await deploy('quick', ['--job-id', String(validation.id)], env);
        expect(quick).to.include({ status: 'Succeeded', checkOnly: false });
        expect(await names('PermissionSet')).to.include(`Quick${mode}`);
      });

      it('project deploy report finds a deploy pending, and project deploy resume waits for its end', async () => {
        await nut.org.set({ deployDelayPolls: 2 });
        const { id } = await deploy('start', [...permissionSet(`Resumed${mode}`), '--async'], env);
        await nut.org.set({ deployDelayPolls: 0 });
        const job = ['--job-id', String(id)];
        expect(await deploy('report', job, env)).to.include({ id, status: 'Pending', done: false });
        expect(await deploy('resume', job, env)).to.include({ id, status: 'Succeeded', done: true });
        expect(await deploy('report', job, env)).to.include({ id, status: 'Succeeded', done: true });
        expect(await names('PermissionSet')).to.include(`Resumed${mode}`);
      });

      it('project deploy cancel cancels one that waits, and no other', async () => {
        await nut.org.set({ deployDelayPolls: 1000 });
        const { id } = await deploy('start', [...permissionSet(`Cancelled${mode}`), '--async'], env);
        await nut.org.set({ deployDelayPolls: 0 });
        const job = ['--job-id', String(id)];
        expect(await deploy('cancel', job, env)).to.include({ id, status: 'Canceled', success: false });
        expect(await names('PermissionSet')).not.to.include(`Cancelled${mode}`);
        const again = await nut.refused(['project', 'deploy', 'cancel', ...job], env);
        expect(again.name).to.equal('CannotCancelDeployError');
      });
    });
  }

  describe('afterwards', () => {
    it('project retrieve start brings back what is in the org', async () => {
      const flags = ['--metadata', 'PermissionSet:StartSOAP', '--metadata', 'ApexClass:PricingTest'];
      const path = join(source, 'permissionsets', 'StartSOAP.permissionset-meta.xml');
      writeFileSync(path, metadataXml('PermissionSet', '<label>changed here</label>'));
      const { files, success } = await nut.run(['project', 'retrieve', 'start', ...flags]);
      expect(success).to.equal(true);
      const states = (files as readonly SfJson[]).map(({ fullName, state }) => [fullName, state]);
      expect(states).to.deep.include(['StartSOAP', 'Changed']).and.deep.include(['PricingTest', 'Changed']);
      expect(readFileSync(path, 'utf8')).to.include('<label>x</label>');
    });

    it('project generate manifest --from-org lists what is in the org', async () => {
      const { path } = await nut.run(['project', 'generate', 'manifest', '--from-org', orgAlias]);
      const manifest = readFileSync(join(nut.project, String(path)), 'utf8');
      expect(manifest).to.include('<members>QuickREST</members>').and.include('<members>Crm</members>');
      for (const type of ['ApexClass', 'PermissionSet', 'ExtlClntAppGlobalOauthSettings'])
        expect(manifest).to.include(`<name>${type}</name>`);
    });
  });
});
