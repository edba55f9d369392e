import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { startLocalOrgs, type LocalOrgs } from '../../src/local-org/index.js';
import { apexNotExecuted } from '../../src/local-org/apex/not-executed.js';
import { artifactsOf, goldenCases } from '../golden/cases.js';
import { temporaryProject } from '../helpers/home.js';
import { deploySource, problemsOf, retrieveSource, sourceOf } from '../helpers/sdr.js';
import {
  cachePartitionFile,
  calloutPermissionSet,
  classFile,
  externalCredentialFile,
  legacyCredentialFile,
  namedCredentialFile,
  objectFile,
  recordFile,
  settingsFields,
} from '../unit/local-org/metadata/client-files.js';
import type { Files } from '../unit/local-org/metadata/metadata-xml.js';
import { certificateFiles } from '../unit/local-org/metadata/sample-files.js';

type Kind = { readonly files: Files; readonly members: readonly (readonly [string, string])[] };

const record = { Active__c: 'boolean:false', Key__c: 'string:k &amp; &lt;l&gt;', Seconds__c: 'double:180.0' };
const kinds: Readonly<Record<string, Kind>> = {
  'settings in a custom metadata type': {
    files: { ...objectFile(settingsFields), ...recordFile(record) },
    members: [
      ['CustomObject', 'ErpSettings__mdt'],
      ['CustomMetadata', 'ErpSettings.Default'],
    ],
  },
  'a Named Credential with all that it needs': {
    files: {
      ...certificateFiles,
      ...externalCredentialFile(),
      ...namedCredentialFile(),
      ...classFile('ErpClient', 'public class ErpClient {}\n'),
      ...calloutPermissionSet(['Erp-Integration'], ['ErpClient']),
    },
    members: [
      ['ExternalCredential', '*'],
      ['NamedCredential', 'Erp'],
      ['ApexClass', 'ErpClient'],
      ['PermissionSet', 'Callouts'],
    ],
  },
  'a legacy Named Credential': {
    files: { ...certificateFiles, ...legacyCredentialFile() },
    members: [['NamedCredential', 'Legacy']],
  },
  'a cache partition': { files: cachePartitionFile, members: [['PlatformCachePartition', 'Tokens']] },
};

/** Files of a folder by their path below it. */
function filesOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    paths.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(path.indexOf('default') + 'default/'.length), readFileSync(path, 'utf8')];
    }),
  );
}

/** The real source-deploy-retrieve and the components of the calling side. */
describe('source-deploy-retrieve and the calling side of an integration', () => {
  let orgs: LocalOrgs;
  let connection: Connection;
  const home = process.env['HOME'];

  before(() => void (process.env['HOME'] = temporaryProject('sdr-home')));
  after(() => void (process.env['HOME'] = home));

  beforeEach(async () => {
    orgs = await startLocalOrgs({ orgs: [{ alias: 'sdr' }], settings: { allowConnectedAppCreation: true } });
    connection = await connectLocalOrg(orgs.orgs[0]!);
  });

  afterEach(() => orgs.close());

  for (const [what, { files, members }] of Object.entries(kinds)) {
    it(`deploys ${what}, gets it back as source, and deploys that without a change`, async () => {
      const folder = sourceOf(files);
      const first = await deploySource(connection, folder);
      expect(problemsOf(first)).to.deep.equal([]);
      expect([...new Set(first.getFileResponses().map(({ state }) => state))]).to.deep.equal(['Created']);
      const wanted = members.map(([type, fullName]) => ({ type, fullName }));
      const { result, output } = await retrieveSource(connection, wanted);
      expect(result.response.status).to.equal('Succeeded');
      const [sent, got] = [filesOf(folder), filesOf(output)];
      const returned = Object.keys(sent).filter((path) => !path.startsWith('certs'));
      expect(Object.keys(got)).to.have.members(returned);
      const again = await deploySource(connection, output);
      expect(problemsOf(again)).to.deep.equal([]);
      expect([...new Set(again.getFileResponses().map(({ state }) => state))]).to.deep.equal(['Unchanged']);
    });
  }

  for (const [name, golden] of Object.entries(goldenCases)) {
    it(`deploys all that is generated for the case ${name}`, async () => {
      const folder = join(temporaryProject('sdr-golden'), 'force-app');
      for (const { path, content } of artifactsOf(golden)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content, { mode: 0o600 });
      }
      const result = await deploySource(connection, folder);
      expect(problemsOf(result)).to.deep.equal([]);
      expect(result.response.status).to.equal('Succeeded');
    });
  }

  it('deploys one field of a type by itself, and gets one field back', async () => {
    await deploySource(connection, sourceOf(objectFile()));
    const folder = sourceOf(objectFile(settingsFields));
    const result = await deploySource(connection, join(folder, 'objects', 'ErpSettings__mdt', 'fields'));
    expect(problemsOf(result)).to.deep.equal([]);
    const states = result.getFileResponses().map(({ fullName, type, state }) => [type, fullName, String(state)]);
    expect(states).to.deep.include(['CustomField', 'ErpSettings__mdt.Note__c', 'Created']);
    const { text } = await retrieveSource(connection, [{ type: 'CustomField', fullName: 'ErpSettings__mdt.Note__c' }]);
    expect(text('fields/Note__c.field-meta.xml')).to.include('<visibleLines>3</visibleLines>');
    expect(await connection.metadata.list({ type: 'CustomField' })).to.have.length(settingsFields.length);
  });

  it('reports the fault of a field with the file of that field', async () => {
    const folder = sourceOf(objectFile([{ ...settingsFields[0]!, type: 'Currency' }, ...settingsFields.slice(1)]));
    const failed = (await deploySource(connection, folder))
      .getFileResponses()
      .filter(({ state }) => `${state}` === 'Failed');
    expect(failed.map(({ filePath }) => filePath)).to.deep.equal([
      join(folder, 'objects', 'ErpSettings__mdt', 'fields', 'Active__c.field-meta.xml'),
    ]);
    expect(failed[0]).to.have.property('error').that.includes('Type Currency of CustomMetadataField');
  });

  it('answers a query for a record through jsforce', async () => {
    await deploySource(connection, sourceOf(kinds['settings in a custom metadata type']!.files));
    const { records } = await connection.query(
      'SELECT DeveloperName, Key__c, Active__c, Seconds__c FROM ErpSettings__mdt',
    );
    expect(records[0]).to.include({ DeveloperName: 'Default', Key__c: 'k & <l>', Active__c: false, Seconds__c: 180 });
  });

  it('answers a Tooling query for a cache partition', async () => {
    await deploySource(connection, sourceOf(cachePartitionFile));
    const soql = "SELECT DeveloperName FROM PlatformCachePartition WHERE DeveloperName = 'Tokens'";
    expect((await connection.tooling.query(soql)).totalSize).to.equal(1);
  });

  const test = classFile('ErpClientTest', '@IsTest\nprivate class ErpClientTest {}\n');
  for (const rest of [false, true]) {
    it(`does not run tests, and says so through ${rest ? 'REST' : 'SOAP'}`, async () => {
      const options = { rest, testLevel: 'RunSpecifiedTests', runTests: ['ErpClientTest'] } as const;
      const { response } = await deploySource(connection, sourceOf(test), {
        ...options,
        runTests: [...options.runTests],
      });
      expect(response).to.include({ status: 'Succeeded', success: true });
      expect(Number(response.numberTestsTotal)).to.equal(0);
      expect(Number(response.details.runTestResult?.numTestsRun)).to.equal(0);
      const warnings = [response.details.runTestResult?.codeCoverageWarnings ?? []].flat();
      expect(warnings.map(({ message }) => message)).to.deep.equal([apexNotExecuted]);
    });

    it(`refuses a test class that is not there through ${rest ? 'REST' : 'SOAP'}`, async () => {
      const options = { rest, testLevel: 'RunSpecifiedTests', runTests: ['Gone'] } as const;
      const result = await deploySource(connection, sourceOf(test), { ...options, runTests: [...options.runTests] });
      expect(result.response.status).to.equal('Failed');
      expect(problemsOf(result)[0]).to.include("This class name's value is invalid: Gone.");
      expect(() => result.getFileResponses()).not.to.throw();
    });
  }

  it('names file, line and column of a syntax error in a class', async () => {
    const folder = sourceOf(classFile('ErpClient', 'public class ErpClient {\n    Integer = 1;\n}\n'));
    const [failed] = (await deploySource(connection, folder)).getFileResponses() as unknown as readonly {
      filePath: string;
      lineNumber: number;
      columnNumber: number;
    }[];
    expect(failed).to.include({ filePath: join(folder, 'classes', 'ErpClient.cls'), lineNumber: 2, columnNumber: 13 });
  });
});
