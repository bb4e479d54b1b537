import { compare } from './delivery/compare.ts';
import { PLAYLIST_REQUESTS, SEGMENT_REQUESTS } from './delivery/files.ts';
import { startOurs } from './delivery/servers.ts';
import { inWorkPlace } from './delivery/work-place.ts';
import type { Row } from './row.ts';

/** What Key protection, a limit of clients and a referer list cost: playback with them against the same without, of one server. */
export function run(): Promise<{ name: string; rows: Row[] }> {
  return inWorkPlace(async (folder, children) => {
    const server = await startOurs(folder, children);
    const rows = [
      ...(await compare({
        ...{ label: 'HLS segments of 4 MB, by ranges', unit: 'MB/s', connections: 8, aim: 0.85 },
        ours: { server, requests: SEGMENT_REQUESTS.closed },
        reference: { server, requests: SEGMENT_REQUESTS.open },
      })),
      ...(await compare({
        ...{ label: 'playlists of 30 segments, 64 viewers', unit: 'requests/s', connections: 16, aim: 0.85 },
        ours: { server, requests: PLAYLIST_REQUESTS.closed },
        reference: { server, requests: PLAYLIST_REQUESTS.open },
      })),
    ];
    return { name: 'protect', rows };
  });
}
