import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MIB = 1024 ** 2;

/** A file system of its own in memory, which can be filled up from outside. */
export interface SmallDisk extends AsyncDisposable {
  folder: string;
  /** Bytes that an ordinary process could still write. */
  free(): Promise<number>;
  /** Takes all room to the last byte. */
  fill(): Promise<void>;
  /** Takes all inodes: no new file can be made, though there is room. */
  fillInodes(): Promise<void>;
  /** Gives back what was taken. */
  empty(): Promise<void>;
}

/** Null where we may not mount, which needs root. `inodes`: how many files it can hold. */
export async function mountSmallDisk({
  mib,
  inodes,
}: {
  mib: number;
  inodes: number;
}): Promise<SmallDisk | null> {
  const root = await mkdtemp(path.join(tmpdir(), 'openvod-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${mib}m,nr_inodes=${inodes}`, 'tmpfs', root]);
  } catch {
    await rm(root, { recursive: true });
    return null;
  }
  await mkdir(path.join(root, 'data'));
  const unmount = () => spawnSync('umount', ['-l', root], { stdio: 'ignore' });
  process.once('exit', unmount);
  const ballast = path.join(root, 'ballast');
  const many = path.join(root, 'many');
  return {
    folder: path.join(root, 'data'),
    async free() {
      const { bavail, bsize } = await statfs(root);
      return bavail * bsize;
    },
    async fill() {
      await using file = await open(ballast, 'a');
      // Less and less, so that not a page is left.
      for (const size of [MIB, 4096]) await writeUntilFull(() => file.write(Buffer.alloc(size)));
    },
    async fillInodes() {
      await mkdir(many, { recursive: true });
      let number = 0;
      await writeUntilFull(async () => {
        await (await open(path.join(many, String(number++)), 'w')).close();
      });
    },
    async empty() {
      await rm(ballast, { force: true });
      await rm(many, { recursive: true, force: true });
    },
    async [Symbol.asyncDispose]() {
      process.off('exit', unmount);
      // Lazily: a process that is just ending may hold it for a moment.
      unmount();
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function writeUntilFull(write: () => Promise<unknown>): Promise<void> {
  try {
    for (;;) await write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
