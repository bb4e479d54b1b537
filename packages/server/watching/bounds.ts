import type { NonceStore } from '../gateway/index.ts';
import type { Prober } from '../media/index.ts';
import type { StatsRoom } from '../stats/index.ts';
import type { UploadRoom } from '../upload/index.ts';

/** A figure of `/metrics`: its name, what it is, and how it is read. */
type Watched = [name: string, help: string, read: () => number];

/** How near uploads and calls are to their bounds (docs/operations.md, Limits). */
export function boundsOf(
  { load }: Pick<UploadRoom, 'load'>,
  prober: Pick<Prober, 'load'>,
  nonces: Pick<NonceStore, 'remembered'> | null,
): Watched[] {
  return [
    ['openvod_upload_memory_bytes', 'Memory taken for parts of uploads.', () => load().partMemory],
    ['openvod_upload_parts_waiting', 'Parts that wait, unread, for memory.', () => load().partsWaiting],
    ['openvod_upload_finishes_running', 'Uploads that are being finished.', () => load().finishing],
    ['openvod_upload_finishes_waiting', 'Uploads that wait to be finished.', () => load().finishesWaiting],
    ['openvod_replay_signatures', 'Signatures remembered in memory.', () => nonces?.remembered ?? 0],
    ['openvod_probes_running', 'ffprobes that look at uploaded files.', () => prober.load().running],
    ['openvod_probes_waiting', 'Uploaded files that wait for an ffprobe.', () => prober.load().waiting],
  ];
}

/** How far behind statistics are. */
export function statisticsFigures({ lagMs }: Pick<StatsRoom, 'lagMs'>): Watched[] {
  return [
    [
      'openvod_statistics_lag_seconds',
      'All that was delivered so long ago is counted.',
      () => (lagMs() ?? Number.NaN) / 1000,
    ],
  ];
}
