import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';

const NAME = 'node-id';

/**
 * Whose access log a folder holds: the id lies beside the files that it stands for, and goes with them. Made, and durable, the
 * first time. Rejects when the folder cannot be written.
 */
export async function nodeIdOf(folder: string): Promise<string> {
  const file = path.join(folder, NAME);
  const known = await readFile(file, 'utf8').catch(() => '');
  if (/^[0-9a-f]{32}$/.test(known)) return known;
  // Not what is above it: a data folder that was taken away must not seem to be there.
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const id = randomBytes(16).toString('hex');
  {
    await using handle = await open(`${file}.tmp`, 'w', 0o600);
    await handle.writeFile(id);
    await handle.sync();
  }
  await rename(`${file}.tmp`, file);
  await using directory = await open(folder);
  await directory.sync();
  return id;
}
