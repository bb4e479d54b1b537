import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hlsTs } from './packaging/hls-ts.ts';
import type { CollectedOutput } from './packaging/index.ts';
import { masterPlaylist } from './playlist.ts';

/** docs/wire/output-naming.md */
const NAME = 'master_playlist.m3u8';

/**
 * Writes the master playlist over those outputs that one can list.
 *
 * @param folder where the playlists lie that it names
 * @returns as an output of its own, which is what its best rendition is, and counts only itself; null when there are none
 */
export async function writeMasterPlaylist(
  outputs: CollectedOutput[],
  folder: string,
): Promise<Omit<CollectedOutput, 'variant'> | null> {
  const renditions = outputs.flatMap(({ info, variant }) => (variant ? [{ info, variant }] : []));
  if (renditions.length === 0) return null;
  const playlist = masterPlaylist(renditions.map(({ variant }) => variant));
  const path = join(folder, NAME);
  await writeFile(path, playlist);
  const best = renditions.reduce((a, b) => (b.variant.bandwidth > a.variant.bandwidth ? b : a));
  const size = Buffer.byteLength(playlist);
  return {
    files: [{ name: NAME, path, role: 'main', contentType: hlsTs.contentType }],
    info: { ...best.info, size },
    totalSize: size,
    md5: createHash('md5').update(playlist).digest('hex'),
  };
}
