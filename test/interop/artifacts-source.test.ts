import { mkdtempSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ComponentSet, MetadataConverter, type SourceComponent } from '@salesforce/source-deploy-retrieve';
import { expect } from 'chai';
import { writeArtifacts } from '../../src/apply/write-artifacts.js';
import { artifactsOf, goldenCases } from '../golden/cases.js';

describe('generated files in source format', () => {
  let project: string;

  beforeEach(() => {
    project = realpathSync(mkdtempSync(join(tmpdir(), 'sf-jwt-source-')));
  });

  afterEach(() => rmSync(project, { recursive: true, force: true }));

  for (const [name, golden] of Object.entries(goldenCases)) {
    it(`${name}: source-deploy-retrieve knows every file, by the component that we say`, async () => {
      const artifacts = artifactsOf(golden);
      await writeArtifacts(project, 'erp', artifacts);
      const found = ComponentSet.fromSource(project).getSourceComponents().toArray();
      const files = found.flatMap((component) =>
        filesOf(component).map((file) => `${component.type.name}:${component.fullName} ${file}`),
      );
      const written = artifacts.map(({ side, path, component }) => {
        return `${component.type}:${component.fullName} ${join(project, 'jwt/erp', side, 'main/default', path)}`;
      });
      expect(files.sort()).to.deep.equal(written.sort());
    });
  }

  it('puts the fields of a Custom Metadata Type into their object, as an org takes them', async () => {
    await writeArtifacts(project, 'erp', artifactsOf(goldenCases['apex-oauth2']!));
    const outputDirectory = join(project, 'converted');
    const source = ComponentSet.fromSource(join(project, 'jwt/erp/client'));
    const { packagePath } = await new MetadataConverter().convert(source, 'metadata', {
      type: 'directory',
      outputDirectory,
      genUniqueDir: false,
    });
    const object = readFileSync(join(packagePath ?? '', 'objects/ErpSettings__mdt.object'), 'utf8');
    expect(object.match(/<fullName>\w+<\/fullName>/g)).to.have.length(9);
    expect(object).to.include('<fullName>Additional_Claims__c</fullName>');
    const record = readFileSync(join(packagePath ?? '', 'customMetadata/ErpSettings.Default.md'), 'utf8');
    expect(record).to.include('<value xsi:type="xsd:string">crm-client</value>');
    expect(record).to.include('xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"');
  });

  it('the check finds a file whose suffix is wrong', async () => {
    await writeArtifacts(project, 'erp', artifactsOf(goldenCases['apex']!));
    const server = join(project, 'jwt/erp/server/main/default');
    expect(ComponentSet.fromSource(project).size).to.be.greaterThan(0);
    renameSync(
      join(server, 'externalClientApps/Erp_Integration.eca-meta.xml'),
      join(server, 'externalClientApps/Erp_Integration.externalClientApp-meta.xml'),
    );
    expect(() => ComponentSet.fromSource(project)).to.throw('Could not infer a metadata type');
  });
});

/** An object has a folder as its content, and a file for each of its fields. */
function filesOf(component: SourceComponent): readonly string[] {
  const { xml, content } = component;
  const parts = component.getChildren().map((child) => child.xml);
  return [xml, ...(parts.length > 0 ? parts : [content])].filter((file) => file !== undefined);
}
