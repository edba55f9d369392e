import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a whole file (0600) or none: to a temporary file next to it, to the disk, then over the old one. When it is done,
 * the file is there after a power failure too.
 */
export async function writeWhole(file: string, content: string | readonly Uint8Array[]): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}

/** Brings the names in a folder to the disk (fsync(2): that of a file does not do so). Windows cannot, and need not. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what a process left that was killed while it wrote: half of a file is of no use, and may hold private keys. */
export async function removeHalfWritten(folder: string): Promise<void> {
  const names = await readdir(folder);
  const halves = names.filter((name) => name.endsWith('.tmp'));
  await Promise.all(halves.map((name) => rm(join(folder, name), { force: true })));
}
