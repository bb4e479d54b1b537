import { randomBytes } from 'node:crypto';
import { link, open, readFile, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { type MasterKey, masterKeyOf, newMasterKey } from './master-key.ts';

/** Where a master key lies that nobody gave: to be kept apart from backups of the database. */
export function keyFileOf(dataDir: string): string {
  return path.join(dataDir, 'master.key');
}

/** The key of the file; null when there is no file. Rejects when it holds no key. */
export async function readKeyFile(file: string): Promise<MasterKey | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const key = masterKeyOf(text);
  if (!key) throw new Error(`${file} holds no master key`);
  return key;
}

/** Whether others than its owner may read it. */
export async function isReadable(file: string): Promise<boolean> {
  const { mode } = await stat(file);
  return (mode & 0o077) !== 0;
}

/** Makes the file, whole or not at all, and returns its key; that of the file that another process made first. */
export async function makeKeyFile(file: string): Promise<MasterKey> {
  const { text } = newMasterKey();
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${text}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  const folder = await open(path.dirname(file), 'r');
  await folder.sync();
  await folder.close();
  return (await readKeyFile(file))!;
}
