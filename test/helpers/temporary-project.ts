import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty Salesforce DX project in a folder of its own. */
export async function makeProject(): Promise<{ readonly root: string; readonly remove: () => Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'sf-jwt-'));
  const project = { packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '67.0' };
  await writeFile(join(root, 'sfdx-project.json'), JSON.stringify(project));
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}
