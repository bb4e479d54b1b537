import type { Rendition, Video } from '../../library/index.ts';

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

const SOURCE = 0;
const MASTER_PLAYLIST = 10000;

/**
 * Chooses what to play: the master playlist, else the best HLS rendition, else the MP4 files, the source among them
 * when browsers play it as it is.
 */
export function playbackOf(video: Video, renditions: readonly Rendition[]): Playback {
  const base = { title: video.name, poster: video.coverKey === null ? null : address(video.coverKey) };
  const hls = renditions.filter(({ key }) => key.endsWith('.m3u8'));
  const playlist = hls.find(({ definition }) => definition === MASTER_PLAYLIST) ?? hls.sort(byQuality)[0];
  if (playlist) return { ...base, state: 'ready', kind: 'hls', url: address(playlist.key) };

  const files = renditions.filter(isPlayableFile).sort(byQuality);
  if (files.length > 0) {
    const listed = files.map(({ key, width, height, bitrate }) => ({
      url: address(key),
      width,
      height,
      bitrate,
    }));
    return { ...base, state: 'ready', kind: 'files', files: listed };
  }
  if (video.status === 'waiting' || video.status === 'transcoding') return { ...base, state: 'processing' };
  return { ...base, state: video.status === 'transcodeFailed' ? 'failed' : 'unplayable' };
}

function isPlayableFile({ definition, key, info }: Rendition): boolean {
  return definition === SOURCE ? info?.browserPlayable === true : key.endsWith('.mp4');
}

function byQuality(a: Rendition, b: Rendition): number {
  return b.height - a.height || b.bitrate - a.bitrate;
}

/** The page is `/play/<id>`, the object `/<key>`; relative, so that a proxy may serve both below some path. */
function address(key: string): string {
  return `../${key}`;
}
