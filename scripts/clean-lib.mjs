// A command whose source is gone must not live on in lib/ and from there in the manifest and in the package.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const lib = join(root, 'lib');

if (existsSync(lib)) {
  for (const file of readdirSync(lib, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const compiled = join(file.parentPath, file.name);
    const source = join(root, 'src', compiled.slice(lib.length + 1)).replace(/(\.d\.ts|\.js)(\.map)?$/, '.ts');
    if (!existsSync(source)) rmSync(compiled);
  }
}
