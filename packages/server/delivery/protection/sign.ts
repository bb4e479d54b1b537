import { randomBytes } from 'node:crypto';
import { type PlayAccess, signedQuery } from '@openvod/contract/v2/signature/play-address.ts';
import { videoPrefix } from '../../common/object-keys.ts';

/** An hour to begin, and as long as it lasts twice over. */
const LEAST_MS = 3600_000;
/** "3 is advised, as mobile clients change theirs" (docs/wire/delivery.md, Key protection). */
const VIEWERS_OF_A_PAGE = 3;

/** What the address of a player page gives for as long as it takes to watch a video. `now` in ms since the epoch. */
export function accessOfPage(durationMs: number, now: number): PlayAccess {
  return {
    t: Math.ceil((now + LEAST_MS + 2 * durationMs) / 1000).toString(16),
    rlimit: String(VIEWERS_OF_A_PAGE),
    us: randomBytes(8).toString('hex'),
  };
}

/** The query, without `?`, of all addresses of a video. */
export function queryOfVideo(key: string, video: { appId: string; id: string }, access: PlayAccess): string {
  return signedQuery(key, `/${videoPrefix(video.appId, video.id)}`, access);
}
