import { readFile } from 'node:fs/promises';
import { md5OfFile } from '../../media/index.ts';
import { PullError } from './errors.ts';
import type { FetchContext } from './fetch.ts';
import { type FileState, fetchFile } from './fetch-file.ts';
import type { PullFiles } from './folder.ts';
import { isPlaylist } from './hls/playlist.ts';
import { type HlsLimits, MAX_PLAYLIST_BYTES, pullHls } from './hls/pull-hls.ts';

/** More than any playlist says before it says what it is, bytes. */
const HEAD_BYTES = 16;

/**
 * Fetches what lies at an address; what is a playlist becomes the film that it names.
 * @param wanted its `md5` is that of what lies at the address, lower-case hex; null when nobody said
 * @returns a local file, and its MD5 as far as that is known, else ''
 * @throws PullError; MediaError; the signal's reason
 */
export async function fetchSource(
  { url, md5: expected }: { url: string; md5: string | null },
  files: PullFiles,
  limits: HlsLimits,
  context: FetchContext,
): Promise<{ path: string; md5: string }> {
  const { maxBytes, tooLarge, onFraction } = limits;
  const file = await files.open<FileState>('source');
  try {
    // Of what may be a playlist, most is still to come.
    const onProgress = (bytes: number, total: number | null) =>
      onFraction(total !== null && total > MAX_PLAYLIST_BYTES ? bytes / total : 0);
    const { url: from } = await fetchFile(url, file, { maxBytes, tooLarge, onProgress }, context);
    const md5 = expected === null ? '' : await md5OfFile(file.path, context.signal);
    if (expected !== null && md5 !== expected) {
      throw new PullError('pull.content', `the MD5 of the file is ${md5}, not the announced ${expected}`);
    }
    if (file.bytes > MAX_PLAYLIST_BYTES || !isPlaylist(await file.head(HEAD_BYTES))) {
      return { path: file.path, md5 };
    }
    const text = await readFile(file.path, 'utf8');
    return { path: await pullHls(text, from, files, limits, context), md5: '' };
  } finally {
    await file.close();
  }
}
