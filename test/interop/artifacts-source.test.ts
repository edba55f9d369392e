import { mkdtempSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ComponentSet } from '@salesforce/source-deploy-retrieve';
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
      const files = found.flatMap(({ type, fullName, xml, content }) =>
        [xml, content].flatMap((file) => (file ? [`${type.name}:${fullName} ${file}`] : [])),
      );
      const written = artifacts.map(({ side, path, component }) => {
        return `${component.type}:${component.fullName} ${join(project, 'jwt/erp', side, 'main/default', path)}`;
      });
      expect(files.sort()).to.deep.equal(written.sort());
    });
  }

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
