import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { startLocalOrgs, type LocalOrgs } from '../../src/local-org/index.js';
import { temporaryProject } from '../helpers/home.js';
import { deploySource, problemsOf, retrieveSource } from '../helpers/sdr.js';
import { metadataXml, type Files } from '../unit/local-org/metadata/metadata-xml.js';

/** A project in the format of source, with a type of each kind that SDR treats in a way of its own. */
const source: Files = {
  'tabs/Crm.tab-meta.xml': metadataXml(
    'CustomTab',
    '<label>Crm</label>',
    '<motif>Custom53: Bell</motif>',
    '<url>https://a.b</url>',
  ),
  'layouts/Account-Account Layout.layout-meta.xml': metadataXml(
    'Layout',
    '<showEmailCheckbox>false</showEmailCheckbox>',
  ),
  'staticresources/Notes.txt': 'notes',
  'staticresources/Notes.resource-meta.xml': metadataXml(
    'StaticResource',
    '<cacheControl>Public</cacheControl>',
    '<contentType>text/plain</contentType>',
  ),
  'lwc/hello/hello.js': 'export default class {}',
  'lwc/hello/hello.js-meta.xml': metadataXml(
    'LightningComponentBundle',
    '<apiVersion>67.0</apiVersion>',
    '<isExposed>false</isExposed>',
  ),
  'triggers/OnOrder.trigger': 'trigger OnOrder on Order__c (before insert) {}',
  'triggers/OnOrder.trigger-meta.xml': metadataXml(
    'ApexTrigger',
    '<apiVersion>67.0</apiVersion>',
    '<status>Active</status>',
  ),
  'labels/CustomLabels.labels-meta.xml': metadataXml(
    'CustomLabels',
    '<labels><fullName>A</fullName><language>en_US</language><protected>false</protected><shortDescription>a</shortDescription><value>a</value></labels>',
  ),
  'objects/Order__c/Order__c.object-meta.xml': metadataXml(
    'CustomObject',
    '<deploymentStatus>Deployed</deploymentStatus>',
    '<label>Order</label>',
    '<nameField><label>Name</label><type>Text</type></nameField>',
    '<pluralLabel>Orders</pluralLabel>',
    '<sharingModel>ReadWrite</sharingModel>',
  ),
  'objects/Order__c/fields/Total__c.field-meta.xml': metadataXml(
    'CustomField',
    '<fullName>Total__c</fullName>',
    '<label>Total</label>',
    '<precision>18</precision>',
    '<scale>2</scale>',
    '<type>Currency</type>',
  ),
  'objects/Account/validationRules/Check.validationRule-meta.xml': metadataXml(
    'ValidationRule',
    '<fullName>Check</fullName>',
    '<active>true</active>',
    '<errorConditionFormula>FALSE</errorConditionFormula>',
    '<errorMessage>x</errorMessage>',
  ),
  'reports/Sales.reportFolder-meta.xml': metadataXml('ReportFolder', '<name>Sales</name>'),
  'reports/Sales/Pipeline.report-meta.xml': metadataXml(
    'Report',
    '<format>Tabular</format>',
    '<name>Pipeline</name>',
    '<reportType>Opportunity</reportType>',
    '<showDetails>true</showDetails>',
  ),
  'flows/Hello.flow-meta.xml': metadataXml(
    'Flow',
    '<apiVersion>67.0</apiVersion>',
    '<label>Hello</label>',
    '<processType>AutoLaunchedFlow</processType>',
    '<status>Draft</status>',
  ),
};

/** Types that nobody wrote a rule for, deployed and retrieved by the real client. */
describe('source-deploy-retrieve, a local org, and types of all kinds', () => {
  let orgs: LocalOrgs;
  let connection: Connection;
  const home = process.env['HOME'];

  before(async () => {
    process.env['HOME'] = temporaryProject('sdr-types-home');
    orgs = await startLocalOrgs({ orgs: [{ alias: 'types' }] });
    connection = await connectLocalOrg(orgs.orgs[0]!);
  });

  after(async () => {
    process.env['HOME'] = home;
    await orgs.close();
  });

  it('deploys a project as it is, changes nothing the second time, and retrieves the same files', async () => {
    const folder = join(temporaryProject('sdr-types'), 'force-app', 'main', 'default');
    for (const [path, content] of Object.entries(source)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const first = await deploySource(connection, folder);
    expect(problemsOf(first)).to.deep.equal([]);
    expect(first.response.status).to.equal('Succeeded');
    const deployed = first.getFileResponses().filter(({ state }) => String(state) === 'Created');
    expect(new Set(deployed.map(({ filePath }) => filePath)).size).to.equal(Object.keys(source).length);
    const second = await deploySource(connection, folder);
    expect([...new Set(second.getFileResponses().map(({ state }) => String(state)))]).to.deep.equal(['Unchanged']);
    const wanted = deployed.map(({ type, fullName }) => ({ type, fullName }));
    const { result, output } = await retrieveSource(connection, wanted);
    expect(result.response.status).to.equal('Succeeded');
    const files = readdirSync(output, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    // SDR writes a file of the object around a rule, though there is nothing to say of it.
    const names = files.map(({ name }) => name).filter((name) => name !== 'Account.object-meta.xml');
    expect(names.sort()).to.deep.equal(
      Object.keys(source)
        .map((path) => path.split('/').at(-1))
        .sort(),
    );
  });
});
