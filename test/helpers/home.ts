import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh folder in the suite's temporary folder, which goes away as a whole when the suite ends. */
export function temporaryFolder(name = 'test'): string {
  return mkdtempSync(join(tmpdir(), `${name}-`));
}

/** A folder with the least that makes a DX project. */
export function temporaryProject(name = 'project'): string {
  const folder = temporaryFolder(name);
  mkdirSync(join(folder, 'force-app', 'main', 'default'), { recursive: true });
  const project = { packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '67.0' };
  writeFileSync(join(folder, 'sfdx-project.json'), JSON.stringify(project, undefined, 2));
  return folder;
}
