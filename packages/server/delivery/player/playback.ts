import { videoPrefix } from '../../common/object-keys.ts';
import { encryptionOf, type Output, type Video } from '../../library/index.ts';
import { nameWithToken } from '../key-server/token.ts';

/** What the player page may play, best first. Addresses are relative to the page. */
export type Playback =
  | { state: 'ready'; title: string; poster: string | null; kind: 'hls'; url: string }
  | { state: 'ready'; title: string; poster: string | null; kind: 'files'; files: PlayableFile[] }
  | { state: 'processing' | 'failed' | 'unplayable'; title: string; poster: string | null };

export interface PlayableFile {
  url: string;
  /** px; 0 without video. */
  width: number;
  height: number;
  /** bit/s. */
  bitrate: number;
}

/** What the addresses of a video's files carry. */
export interface Carried {
  /** Of all but pictures, without `?`; empty: nothing. */
  query: string;
  /** For the key server, in the addresses of what is encrypted; empty: nothing. */
  token: string;
}

/** Where the player fetches keys from: origins. */
export function keyOriginsOf(outputs: readonly Output[]): string[] {
  const origins = outputs.flatMap((output) => URL.parse(encryptionOf(output)?.keyUrl ?? '')?.origin ?? []);
  return [...new Set(origins)];
}

/**
 * Chooses what to play: the master playlist, else the best HLS rendition, else the MP4 files, the source among them when browsers
 * play it as it is and nothing is encrypted.
 */
export function playbackOf(
  video: Video,
  outputs: readonly Output[],
  { query, token }: Carried = { query: '', token: '' },
): Playback {
  const base = { title: video.name, poster: video.coverKey === null ? null : address(video.coverKey) };
  const carried = query === '' ? '' : `?${query}`;
  const addressOf = (output: Output) => {
    const name = encryptionOf(output) ? nameWithToken(output.name, token) : output.name;
    return address(videoPrefix(video.appId, video.id) + name + carried);
  };
  const hls = outputs.filter(({ name }) => name.endsWith('.m3u8'));
  const playlist = hls.find(({ kind }) => kind === 'masterPlaylist') ?? hls.sort(byQuality)[0];
  if (playlist) return { ...base, state: 'ready', kind: 'hls', url: addressOf(playlist) };

  const isEncrypted = outputs.some(encryptionOf);
  const files = outputs
    .filter((output) => isPlayableFile(output) && !(isEncrypted && output.kind === 'source'))
    .sort(byQuality);
  if (files.length > 0) {
    const listed = files.map((output) => ({
      url: addressOf(output),
      width: output.width,
      height: output.height,
      bitrate: output.bitrate,
    }));
    return { ...base, state: 'ready', kind: 'files', files: listed };
  }
  if (video.status === 'waiting' || video.status === 'transcoding') return { ...base, state: 'processing' };
  return { ...base, state: video.status === 'transcodeFailed' ? 'failed' : 'unplayable' };
}

function isPlayableFile({ kind, name, info }: Output): boolean {
  return kind === 'source' ? info?.browserPlayable === true : kind === 'transcode' && name.endsWith('.mp4');
}

function byQuality(a: Output, b: Output): number {
  return b.height - a.height || b.bitrate - a.bitrate;
}

/** The page is `/play/<id>`, the file `/<path>`; relative, so that a proxy may serve both below some path. */
function address(path: string): string {
  return `../${path}`;
}
