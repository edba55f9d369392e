import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ensurePrivateFolder, privateFolder } from '../../src/private-folder.js';
import { temporaryProject } from '../helpers/home.js';

describe('ensurePrivateFolder', () => {
  it('closes a folder that was open to others', async function () {
    if (process.platform === 'win32') return this.skip();
    const root = temporaryProject('private');
    const folder = privateFolder(root, 'erp');
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    await ensurePrivateFolder(root, folder);
    const modes = [folder, join(root, '.sf', 'jwt')].map((path) => statSync(path).mode & 0o777);
    expect(modes).to.deep.equal([0o700, 0o700]);
    expect(readFileSync(join(root, '.sf', 'jwt', '.gitignore'), 'utf8')).to.equal('*\n');
  });
});
