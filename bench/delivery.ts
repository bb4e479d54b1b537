import { compare } from './delivery/compare.ts';
import { PLAYLIST_REQUESTS, SEGMENT_REQUESTS } from './delivery/files.ts';
import { startNginx, startOurs } from './delivery/servers.ts';
import { inWorkPlace } from './delivery/work-place.ts';
import type { Row } from './row.ts';

/**
 * Playback against nginx (sendfile, access log) that serves the same bytes, with protection and without: one core for the server,
 * another for the client, in turns, medians. Once by the clock, once by the time the server's processor worked: on a busy machine
 * only the second says much. Throws when there is no nginx.
 */
export function run(): Promise<{ name: string; rows: Row[] }> {
  return inWorkPlace(async (folder, children) => {
    const ours = await startOurs(folder, children);
    const nginx = await startNginx(folder, children);
    const rows: Row[] = [];
    for (const protection of ['open', 'closed'] as const) {
      const suffix = protection === 'open' ? '' : ', protected';
      rows.push(
        ...(await compare({
          ...{ label: `HLS segments of 4 MB, by ranges${suffix}`, unit: 'MB/s', connections: 8, aim: 1 },
          ours: { server: ours, requests: SEGMENT_REQUESTS[protection] },
          reference: { server: nginx, requests: SEGMENT_REQUESTS.nginx },
        })),
        ...(await compare({
          ...{ label: `playlists${suffix}`, unit: 'requests/s', connections: 16 },
          // What protection may cost of it is the aim of `protect`.
          aim: protection === 'open' ? 0.8 : 0.8 * 0.85,
          ours: { server: ours, requests: PLAYLIST_REQUESTS[protection] },
          reference: { server: nginx, requests: PLAYLIST_REQUESTS.nginx },
        })),
      );
    }
    return { name: 'delivery', rows };
  });
}
