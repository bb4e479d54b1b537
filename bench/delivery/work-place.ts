import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeFiles } from './files.ts';

/** A folder with the files of the benchmark; programs that `work` starts and names in `children` are ended with it. */
export async function inWorkPlace<T>(
  work: (folder: string, children: ChildProcess[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-bench-'));
  const children: ChildProcess[] = [];
  try {
    await makeFiles(folder);
    return await work(folder, children);
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}
