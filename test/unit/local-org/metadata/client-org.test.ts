import { expect } from 'chai';
import { runQuery } from '../../../../src/local-org/soql/run.js';
import { cachePartitionFile, calloutPermissionSet, classFile, externalCredentialFile } from './client-files.js';
import { openMetadataOrg, type MetadataOrg } from './metadata-org.js';
import { metadataXml, packageXml } from './metadata-xml.js';
import { certificateFiles, connectedAppFile, externalClientAppFiles } from './sample-files.js';

const identityProvider = (certificateName: string, isEnabled: boolean) => ({
  'settings/IdentityProvider.settings': metadataXml(
    'IdentityProviderSettings',
    `<certificateName>${certificateName}</certificateName>`,
    `<enableIdentityProvider>${String(isEnabled)}</enableIdentityProvider>`,
  ),
});

describe('local-org/metadata: what callouts need beside credentials', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  for (const name of ['Erp-Other', 'Other-Integration', 'Erp', 'Integration', 'Erp-Integration-More', '-']) {
    it(`refuses a permission set for the principal ${name}`, async () => {
      await local.deploy({ ...certificateFiles, ...externalCredentialFile() });
      expect(await local.problems(calloutPermissionSet([name]))).to.deep.equal([
        `In field: externalCredentialPrincipal - no ExternalCredentialParameter named ${name} found`,
      ]);
    });
  }

  it('refuses a permission set for a class that is not there, or for the same one twice', async () => {
    expect(await local.problems(calloutPermissionSet([], ['Gone']))).to.deep.equal([
      'In field: apexClass - no ApexClass named Gone found',
    ]);
    await local.deploy({ ...certificateFiles, ...externalCredentialFile(), ...classFile('A', 'class A {}') });
    const twice = calloutPermissionSet(['Erp-Integration', 'Erp-Integration'], ['A', 'A']);
    expect(await local.problems(twice)).to.deep.equal([
      'Duplicate apexClass: A',
      'Duplicate externalCredentialPrincipal: Erp-Integration',
    ]);
  });

  it('lets apps name a permission set that names classes and principals of the same deploy', async () => {
    const files = {
      ...connectedAppFile({ permissionSet: 'Callouts' }),
      ...externalClientAppFiles({ permissionSet: 'Callouts' }),
      ...calloutPermissionSet(['Erp-Integration'], ['A']),
      ...externalCredentialFile(),
      ...classFile('A', 'class A {}'),
      ...certificateFiles,
    };
    expect(await local.problems(files)).to.deep.equal([]);
  });

  it('needs the certificate of an identity provider, in the org or in the deploy', async () => {
    expect(await local.problems(identityProvider('crm', true))).to.deep.equal([
      'In field: certificateName - no Certificate named crm found',
    ]);
    expect(await local.problems({ ...identityProvider('crm', true), ...certificateFiles })).to.deep.equal([]);
    expect(await local.problems(identityProvider('crm', true))).to.deep.equal([]);
    const { 'settings/IdentityProvider.settings': back = '' } = await local.retrieve({
      Settings: ['IdentityProvider'],
    });
    expect(back).to.include('<IdentityProviderSettings ').and.include('<certificateName>crm</certificateName>');
  });

  it('needs no certificate where there is to be no identity provider', async () => {
    expect(await local.problems(identityProvider('gone', false))).to.deep.equal([]);
  });

  it('shows cache partitions to the Tooling API, and to it alone', async () => {
    const soql = 'SELECT DeveloperName, MasterLabel FROM PlatformCachePartition';
    const query = (tooling: boolean) =>
      runQuery(local.org, soql, { basePath: '', tooling }) as { records: readonly Record<string, unknown>[] };
    expect(query(true).records).to.deep.equal([]);
    const { details } = await local.deploy(cachePartitionFile);
    expect(query(true).records[0]).to.include({ DeveloperName: 'Tokens', MasterLabel: 'Tokens of integrations' });
    expect(details.componentSuccesses.at(-1)?.id).to.match(/^0Er\w{15}$/);
    expect(() => query(false)).to.throw("sObject type 'PlatformCachePartition' is not supported");
    const back = await local.retrieve({ PlatformCachePartition: ['*'] });
    expect(back['cachePartitions/Tokens.cachePartition']).to.include('<allocatedCapacity>1</allocatedCapacity>');
    const gone = { 'destructiveChanges.xml': packageXml({ PlatformCachePartition: ['Tokens'] }) };
    await local.deploy(gone, { manifest: packageXml({}) });
    expect(query(true).records).to.deep.equal([]);
  });
});
