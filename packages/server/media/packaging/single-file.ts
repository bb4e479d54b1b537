import { join } from 'node:path';
import { md5OfFile } from '../md5.ts';
import { inspect } from './inspect.ts';
import type { CollectedOutput, WrittenOutput } from './packaging.ts';

/** Collects an output that is one file, ready as ffmpeg wrote it. */
export async function collectFile(written: WrittenOutput, contentType: string): Promise<CollectedOutput> {
  const name = written.names.main;
  const path = join(written.folder, name);
  const info = await inspect(path, written);
  return {
    files: [{ name, path, role: 'main', contentType }],
    info,
    totalSize: info.size,
    md5: await md5OfFile(path),
    variant: null,
  };
}
