import assert from 'node:assert/strict';
import type { Caller } from './caller.ts';
import { namedIn } from './fetched.ts';

interface PlaySetEntry {
  url: string;
  definition: number;
}

/** Everything that a player can reach of a video: the files by their address, those that playlists name included. */
export async function filesOf(
  call: Caller,
  fileId: string,
): Promise<{ playSet: PlaySetEntry[]; files: Map<string, Buffer> }> {
  const { playSet } = (await call('DescribeVodPlayUrls', { fileId })) as unknown as {
    playSet: PlaySetEntry[];
  };
  const files = new Map<string, Buffer>();
  const queue = playSet.map(({ url }) => url);
  for (let url = queue.pop(); url !== undefined; url = queue.pop()) {
    if (files.has(url)) continue;
    const response = await fetch(url);
    assert.equal(response.status, 200, url);
    const bytes = Buffer.from(await response.arrayBuffer());
    files.set(url, bytes);
    if (url.endsWith('.m3u8')) queue.push(...namedIn(bytes.toString(), url));
  }
  return { playSet, files };
}
