import { videoPrefix } from '../../common/object-keys.ts';
import type { Output, Video } from '../../library/index.ts';

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

/**
 * `query`, without `?`, is what the addresses of all but pictures carry. Chooses what to play: the master playlist, else the best HLS rendition, else the MP4 files, the source among them
 * when browsers play it as it is.
 */
export function playbackOf(video: Video, outputs: readonly Output[], query = ''): Playback {
  const base = { title: video.name, poster: video.coverKey === null ? null : address(video.coverKey) };
  const carried = query === '' ? '' : `?${query}`;
  const addressOf = ({ name }: Output) => address(videoPrefix(video.appId, video.id) + name + carried);
  const hls = outputs.filter(({ name }) => name.endsWith('.m3u8'));
  const playlist = hls.find(({ kind }) => kind === 'masterPlaylist') ?? hls.sort(byQuality)[0];
  if (playlist) return { ...base, state: 'ready', kind: 'hls', url: addressOf(playlist) };

  const files = outputs.filter(isPlayableFile).sort(byQuality);
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
