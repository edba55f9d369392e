import { expect } from 'chai';
import { openMetadataOrg, type MetadataOrg } from './metadata-org.js';
import { metadataXml, packageXml, type Files } from './sample-files.js';

/** A project of standard types, as SDR puts it into a zip: one of each layout. */
const projectFiles: Files = {
  'tabs/Crm.tab': metadataXml(
    'CustomTab',
    '<label>Crm</label>',
    '<motif>Custom53: Bell</motif>',
    '<url>https://a.b</url>',
  ),
  'layouts/Account-Account Layout.layout': metadataXml(
    'Layout',
    '<layoutSections><customLabel>true</customLabel><style>OneColumn</style></layoutSections>',
  ),
  'staticresources/Logo.resource': 'binary',
  'staticresources/Logo.resource-meta.xml': metadataXml(
    'StaticResource',
    '<cacheControl>Public</cacheControl>',
    '<contentType>image/png</contentType>',
  ),
  'lwc/hello/hello.js': 'export default class {}',
  'lwc/hello/hello.js-meta.xml': metadataXml(
    'LightningComponentBundle',
    '<apiVersion>67.0</apiVersion>',
    '<isExposed>true</isExposed>',
    '<targets><target>lightning__AppPage</target></targets>',
    '<targetConfigs><targetConfig targets="lightning__AppPage"><property name="a" type="String"/></targetConfig></targetConfigs>',
  ),
  'aura/Old/Old.cmp': '<aura:component/>',
  'aura/Old/Old.cmp-meta.xml': metadataXml(
    'AuraDefinitionBundle',
    '<apiVersion>67.0</apiVersion>',
    '<description>x</description>',
  ),
  'labels/CustomLabels.labels': metadataXml(
    'CustomLabels',
    '<labels><fullName>B</fullName><language>en_US</language><protected>false</protected><shortDescription>b</shortDescription><value>b</value></labels>',
    '<labels><fullName>A</fullName><language>en_US</language><protected>false</protected><shortDescription>a</shortDescription><value>a</value></labels>',
  ),
  'objects/Account.object': metadataXml(
    'CustomObject',
    '<fields><fullName>Erp__c</fullName><label>Erp</label><length>20</length><type>Text</type></fields>',
    '<validationRules><fullName>Check</fullName><active>true</active><errorConditionFormula>FALSE</errorConditionFormula><errorMessage>x</errorMessage></validationRules>',
  ),
  'objects/Order__c.object': metadataXml(
    'CustomObject',
    '<deploymentStatus>Deployed</deploymentStatus>',
    '<label>Order</label>',
    '<nameField><label>Name</label><type>Text</type></nameField>',
    '<pluralLabel>Orders</pluralLabel>',
    '<sharingModel>ReadWrite</sharingModel>',
  ),
  'reports/Sales-meta.xml': metadataXml('ReportFolder', '<name>Sales</name>'),
  'reports/Sales/Pipeline.report': metadataXml(
    'Report',
    '<format>Tabular</format>',
    '<name>Pipeline</name>',
    '<reportType>Opportunity</reportType>',
    '<showDetails>true</showDetails>',
  ),
  'documents/Shared-meta.xml': metadataXml('DocumentFolder', '<name>Shared</name>'),
  'documents/Shared/logo.png': 'png',
  'documents/Shared/logo.png-meta.xml': metadataXml(
    'Document',
    '<internalUseOnly>false</internalUseOnly>',
    '<name>logo</name>',
    '<public>false</public>',
  ),
};

const members = {
  AuraDefinitionBundle: ['Old'],
  CustomField: ['Account.Erp__c'],
  CustomLabel: ['A', 'B'],
  CustomObject: ['Order__c'],
  CustomTab: ['Crm'],
  Document: ['Shared', 'Shared/logo'],
  Layout: ['Account-Account Layout'],
  LightningComponentBundle: ['hello'],
  Report: ['Sales', 'Sales/Pipeline'],
  StaticResource: ['Logo'],
  ValidationRule: ['Account.Check'],
};

describe('local-org/metadata: types without a handler', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  it('deploys a project, and gives back the same files', async () => {
    const result = await local.deploy(projectFiles, { manifest: packageXml(members) });
    expect(result.details.componentFailures).to.deep.equal([]);
    expect(result).to.include({ status: 'Succeeded', numberComponentsDeployed: 14 });
    const { 'package.xml': _manifest, ...files } = await local.retrieve({
      ...members,
      Document: ['Shared', 'Shared/logo.png'],
    });
    expect(Object.keys(files).sort()).to.deep.equal(Object.keys(projectFiles).sort());
    for (const path of ['lwc/hello/hello.js-meta.xml', 'tabs/Crm.tab', 'staticresources/Logo.resource']) {
      expect(files[path], path).to.equal(projectFiles[path]);
    }
    expect(files['labels/CustomLabels.labels']).to.match(/<fullName>A<.*<fullName>B</s);
    expect(files['objects/Account.object']).to.include('<fields>').and.include('<validationRules>');
  });

  it('deletes each of them', async () => {
    await local.deploy(projectFiles, { manifest: packageXml(members) });
    const named = { ...members, Document: ['Shared/logo.png'], Report: ['Sales/Pipeline'] };
    const files = { 'destructiveChanges.xml': packageXml(named) };
    const { details, status } = await local.deploy(files, { manifest: packageXml({}) });
    expect(status).to.equal('Succeeded');
    expect(details.componentSuccesses.filter(({ deleted }) => deleted)).to.have.length(12);
    const left = local.org.components.types().filter((type) => local.org.components.all(type).length > 0);
    expect(left.sort()).to.deep.equal(['DocumentFolder', 'ReportFolder']);
  });

  const bad: readonly (readonly [string, string, string, string, number])[] = [
    [
      'an unknown element',
      'tabs/A.tab',
      '<labels>x</labels>',
      'Element {http://soap.sforce.com/2006/04/metadata}labels invalid at this location in type CustomTab',
      3,
    ],
    [
      'a number that is none',
      'tabs/A.tab',
      '<frameHeight>tall</frameHeight>',
      "'tall' is not valid for the type xsd:double",
      3,
    ],
    [
      'a boolean that is none',
      'tabs/A.tab',
      '<hasSidebar>yes</hasSidebar>',
      "'yes' is not valid for the type xsd:boolean",
      3,
    ],
    [
      'a value outside an enum',
      'tabs/A.tab',
      '<urlEncodingKey>UTF8</urlEncodingKey>',
      "'UTF8' is not a valid value for the enum 'Encoding'",
      3,
    ],
  ];
  for (const [what, path, line, problem, lineNumber] of bad) {
    it(`refuses ${what} in a type that it has no rules for`, async () => {
      const { details } = await local.deploy(
        { [path]: metadataXml('CustomTab', line) },
        { manifest: packageXml({ CustomTab: ['A'] }) },
      );
      const [failure, ...more] = details.componentFailures;
      expect(more).to.deep.equal([]);
      expect(failure).to.include({
        problem: `Error parsing file: ${problem}`,
        lineNumber,
        componentType: 'CustomTab',
        fullName: 'A',
        fileName: path,
        problemType: 'Error',
      });
      expect(failure?.columnNumber).to.be.a('number');
    });
  }

  it('refuses a bundle without its XML, or with XML of another type', async () => {
    const deploy = (files: Files) =>
      local.problems(files, { manifest: packageXml({ LightningComponentBundle: ['a'] }) });
    expect(await deploy({ 'lwc/a/a.js': '' })).to.deep.equal(['Required file is missing: lwc/a/a.js-meta.xml']);
    const xml = metadataXml('AuraDefinitionBundle');
    expect((await deploy({ 'lwc/a/a.js-meta.xml': xml }))[0]).to.include('Root element');
  });

  it('takes a bundle with its files only', async () => {
    const bundle = '<metadata xsi:type="LightningComponentBundle"><fullName>a</fullName></metadata>';
    const { text } = await local.soap('createMetadata', bundle);
    expect(text)
      .to.include('<success>false</success>')
      .and.include('A local org takes a LightningComponentBundle with');
  });

  it('puts parts of several objects into a file each', async () => {
    await local.deploy(projectFiles, { manifest: packageXml(members) });
    const files = await local.retrieve({ CustomField: ['Account.Erp__c'], ValidationRule: ['Account.Check'] });
    expect(Object.keys(files).sort()).to.deep.equal(['objects/Account.object', 'package.xml']);
    expect(files['objects/Account.object']).to.match(/<fields>.*<validationRules>/s);
    const whole = await local.retrieve({ CustomObject: ['Order__c'], CustomLabel: ['A'] });
    expect(whole['labels/CustomLabels.labels']).not.to.include('<fullName>B<');
  });

  it('lists and describes them', async () => {
    await local.deploy(projectFiles, { manifest: packageXml(members) });
    const list = await local.soap('listMetadata', '<queries><type>Report</type><folder>Sales</folder></queries>');
    expect(list.text).to.include('<fileName>reports/Sales/Pipeline.report</fileName>');
    const none = await local.soap('listMetadata', '<queries><type>Report</type><folder>Other</folder></queries>');
    expect(none.text).not.to.include('Pipeline');
    const { text } = await local.soap('describeMetadata');
    expect(text).to.include(
      '<directoryName>reports</directoryName><inFolder>true</inFolder><metaFile>false</metaFile><suffix>report</suffix>',
    );
    expect(text).not.to.include('<xmlName>ReportFolder');
  });
});
