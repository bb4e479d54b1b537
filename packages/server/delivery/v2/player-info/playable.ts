import type { Addresses } from '../../../common/addresses.ts';
import { videoPrefix } from '../../../common/object-keys.ts';
import { encryptionOf, type Mark, type Output, type Video } from '../../../library/index.ts';

/** A video as its players are told of it. */
export interface PlayableVideo {
  video: Video;
  outputs: readonly Output[];
  /** Something of it is encrypted: its source is nobody's business then. */
  isEncrypted: boolean;
  /** For the service's own key server, to be put into the addresses of what is encrypted; empty where there is no need. */
  token: string;
  /** In the order of their times. */
  marks: readonly Mark[];
  /** Of a file of it, by its name; signed where that is needed. */
  addressOf(output: Pick<Output, 'name'>): string;
  /** Of a picture or a list of pictures, by its name: they need no signature. */
  pictureAddressOf(name: string): string;
  /** Empty when there is none. */
  coverUrl: string;
}

/** `query`, without `?`, is what the addresses of all but pictures carry; empty: nothing. So is `token`, of what is encrypted. */
export function playableVideo(
  video: Video,
  { outputs, marks }: Pick<PlayableVideo, 'outputs' | 'marks'>,
  { query, token }: { query: string; token: string },
  addresses: Addresses,
): PlayableVideo {
  const address = (name: string) => addresses.of(`${videoPrefix(video.appId, video.id)}${name}`);
  const carried = query === '' ? '' : `?${query}`;
  return {
    video,
    ...{ outputs, marks, token },
    isEncrypted: outputs.some(encryptionOf),
    addressOf: ({ name }) => address(name) + carried,
    pictureAddressOf: address,
    coverUrl: video.coverKey === null ? '' : addresses.of(video.coverKey),
  };
}

/** s, as players have it. */
export function secondsOf(ms: number): number {
  return ms / 1000;
}
