import { execFileSync } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A file system that can be filled up, which goes with its test. */
export interface SmallDisk extends AsyncDisposable {
  /** A folder on it, not made yet. */
  dataDir: string;
  /** Takes every byte that is left, as another program would, but for so many. */
  fillBytes(left?: number): void;
  /** Takes every file that may still be made. */
  fillFiles(): void;
  /** Gives back what `fillBytes` and `fillFiles` took. */
  empty(): void;
}

/** Mounts a file system of so many MiB and files in memory; null where we may not. */
export function mountSmallDisk({ mib, files }: { mib: number; files: number }): SmallDisk | null {
  const root = mkdtempSync(path.join(tmpdir(), 'openvod-small-'));
  try {
    const options = `size=${mib}m,nr_inodes=${files}`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', root], { stdio: 'ignore' });
  } catch {
    rmSync(root, { recursive: true });
    return null;
  }
  const filler = path.join(root, 'filler');
  let fillers = 0;
  const untilFull = (step: () => void) => {
    for (;;) {
      try {
        step();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return;
        throw error;
      }
    }
  };
  mkdirSync(filler);
  return {
    dataDir: path.join(root, 'data'),
    fillBytes(left = 0) {
      const file = openSync(path.join(filler, `bytes-${fillers++}`), 'w');
      for (const size of [1024 * 1024, 4096]) untilFull(() => writeSync(file, Buffer.alloc(size)));
      ftruncateSync(file, fstatSync(file).size - left);
      closeSync(file);
    },
    fillFiles() {
      untilFull(() => closeSync(openSync(path.join(filler, `file-${fillers++}`), 'w')));
    },
    empty() {
      rmSync(filler, { recursive: true });
      mkdirSync(filler);
    },
    async [Symbol.asyncDispose]() {
      execFileSync('umount', ['-l', root]);
      rmSync(root, { recursive: true });
    },
  };
}
