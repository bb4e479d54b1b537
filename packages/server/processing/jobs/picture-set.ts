import { stat } from 'node:fs/promises';
import type { Output } from '../../library/index.ts';
import { md5OfFile } from '../../media/index.ts';
import type { Made } from './job.ts';

type File = Made<never>['files'][number];

const CONTENT_TYPES = {
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  vtt: 'text/vtt; charset=utf-8',
} as const;

export type PictureType = keyof typeof CONTENT_TYPES;

export function pictureFile(name: string, path: string, type: PictureType): File {
  return { name, path, contentType: CONTENT_TYPES[type] };
}

/**
 * One output of picture files, named after the first of them, which its size and MD5 are of, too.
 *
 * @param container what the first file is
 */
export async function pictureOutput(
  about: Pick<Output, 'kind' | 'definition' | 'run' | 'width' | 'height' | 'details'> & {
    container: PictureType;
    durationMs?: number;
  },
  files: readonly File[],
  signal: AbortSignal,
): Promise<Output> {
  const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
  const [first] = files;
  if (!first) throw new Error('an output has at least one file');
  const totalSize = sizes.reduce((sum, size) => sum + size, 0);
  const { durationMs = 0 } = about;
  return {
    ...{ ...about, number: 0, name: first.name, info: null, durationMs },
    // Of what moves; still pictures have none.
    bitrate: durationMs > 0 ? (totalSize * 8000) / durationMs : 0,
    ...{ videoBitrate: 0, size: sizes[0]!, totalSize, md5: await md5OfFile(first.path, signal) },
  };
}

/** What is left for storing; a finished job says 1. */
export const TAKEN = 0.95;
