import { closeSync, openSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';

/** Makes a folder, and those above it, that nobody but this user may look into; one that is there stays as it is. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

/**
 * Makes an empty file that nobody but this user may read, for whoever would make it readable for all. One that is there is not
 * even opened: closing it would take the locks from an SQLite that has it open.
 */
export function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** The command that shuts others out of a folder that they may look into; null when they may not. */
export async function commandAgainstReaders(folder: string): Promise<string | null> {
  const { mode } = await stat(folder);
  return (mode & 0o077) === 0 ? null : `chmod -R go-rwx '${folder.replaceAll("'", "'\\''")}'`;
}
