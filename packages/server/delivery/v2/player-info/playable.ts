import type { Addresses } from '../../../common/addresses.ts';
import { videoPrefix } from '../../../common/object-keys.ts';
import type { Output, Video } from '../../../library/index.ts';

/** A video as its players are told of it. */
export interface PlayableVideo {
  video: Video;
  outputs: readonly Output[];
  /** Of a file of it, by its name; signed where that is needed. */
  addressOf(output: Pick<Output, 'name'>): string;
  /** Empty when there is none. */
  coverUrl: string;
}

/** `query`, without `?`, is what the addresses of all but pictures carry; empty: nothing. */
export function playableVideo(
  video: Video,
  outputs: readonly Output[],
  query: string,
  addresses: Addresses,
): PlayableVideo {
  const carried = query === '' ? '' : `?${query}`;
  return {
    video,
    outputs,
    addressOf: ({ name }) => addresses.of(`${videoPrefix(video.appId, video.id)}${name}`) + carried,
    coverUrl: video.coverKey === null ? '' : addresses.of(video.coverKey),
  };
}

/** s, as players have it. */
export function secondsOf(ms: number): number {
  return ms / 1000;
}
