import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { unzipSync } from 'fflate';
import { findDeploy, startDeploy } from '../../../../src/local-org/metadata/deploy/deploy-jobs.js';
import { readJsonOptions } from '../../../../src/local-org/metadata/deploy/deploy-options.js';
import { seedOrg } from '../../../../src/local-org/seed.js';
import { settingsWith } from '../../../../src/local-org/settings.js';
import { emptyState, openOrg, type OrgState } from '../../../../src/local-org/store/org-state.js';
import { openMetadataOrg, zipOf, type MetadataOrg } from './metadata-org.js';
import { certificateFiles, packageXml, permissionSetFile } from './sample-files.js';

describe('local-org/metadata: how many jobs an org remembers', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  const knows = async (id: string): Promise<boolean> => {
    const { status, text } = await local.rest('GET', `/services/data/v67.0/metadata/deployRequest/${id}`);
    if (status === 404) expect(text).to.include('INVALID_CROSS_REFERENCE_KEY');
    return status === 200;
  };

  it('forgets all but the last 200 deploys', async () => {
    const zip = zipOf({ 'package.xml': packageXml({}) });
    const ids: string[] = [];
    for (let count = 0; count < 202; count += 1) ids.push((await local.deployZip(zip)).id);
    const known = await Promise.all(ids.map(knows));
    expect(known.indexOf(true)).to.equal(2);
    expect(known.lastIndexOf(false)).to.equal(1);
  });

  it('keeps zips of validations up to a size, that of the last one in any case', async () => {
    const zipOfSize = (megabytes: number) => ({ zip: 'A'.repeat(megabytes * 1024 * 1024), options: {} });
    const insert = (megabytes: number): string =>
      local.org.records.insert('DeployRequest', {
        CompletedDate: new Date(local.clock).toISOString(),
        LocalValidated: zipOfSize(megabytes),
      }).Id;
    const ids = [insert(28), insert(100), insert(27)];
    ids.push((await local.deploy(permissionSetFile, { options: { checkOnly: true } })).id);
    const isKept = (id: string): boolean => local.org.records.get('DeployRequest', id)?.['LocalValidated'] !== null;
    expect(ids.map(isKept)).to.deep.equal([false, true, true, true]);
  });

  it('keeps the last twenty retrieves with their zips', async () => {
    await local.deploy(permissionSetFile);
    const request =
      '<request><unpackaged><types><members>*</members><name>PermissionSet</name></types></unpackaged></request>';
    const ids: string[] = [];
    for (let count = 0; count < 21; count += 1) {
      const started = await local.soap('retrieve', request);
      ids.push(/<id>(09S\w{15})<\/id>/.exec(started.text)?.[1] ?? '');
    }
    const poll = (id = '') => local.soap('checkRetrieveStatus', `<asyncProcessId>${id}</asyncProcessId>`);
    expect((await poll(ids[0])).text).to.include('INVALID_CROSS_REFERENCE_KEY');
    for (const id of [ids[1] ?? '', (ids[20] ?? '').slice(0, 15)]) {
      const zip = /<zipFile>([^<]+)<\/zipFile>/.exec((await poll(id)).text)?.[1] ?? '';
      expect(Object.keys(unzipSync(Buffer.from(zip, 'base64')))).to.include(
        'unpackaged/permissionsets/Crm_Access.permissionset',
      );
    }
  });

  it('runs a deploy anew that was in progress when the org ended', async () => {
    let clock = Date.parse('2026-06-01T12:00:00Z');
    const open = (state: OrgState) =>
      openOrg(state, {
        now: () => clock,
        random: randomBytes,
        settings: settingsWith({ deployDelayMs: 1000 }),
        orgs: () => [],
      });
    const first = open(emptyState('queue', randomBytes));
    seedOrg(first.org);
    const options = readJsonOptions({ singlePackage: true });
    if (options.kind === 'fault') throw new Error(options.message);
    const zip = zipOf({ 'package.xml': packageXml({ Certificate: ['crm'] }), ...certificateFiles });
    const { id } = await startDeploy(first.org, '', zip, options.options);
    const statusIn = async (org: typeof first.org): Promise<string> => {
      const found = await findDeploy(org, id);
      return found.kind === 'found' ? found.result.status : found.code;
    };
    clock += 1000;
    // It makes a key pair, which takes a while.
    const running = statusIn(first.org);
    expect(await statusIn(first.org)).to.equal('InProgress');
    const second = open(JSON.parse(JSON.stringify(first.snapshot())) as OrgState);
    expect(second.org.components.all('Certificate')).to.deep.equal([]);
    expect(await statusIn(second.org)).to.equal('Succeeded');
    expect(second.org.components.all('Certificate')).to.have.length(1);
    expect(await running).to.equal('Succeeded');
  });
});
