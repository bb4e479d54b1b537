import { remuxToMp4 } from '../../../media/index.ts';
import { PullError } from '../errors.ts';
import type { FetchContext } from '../fetch.ts';
import type { PullFiles } from '../folder.ts';
import { roomOn } from '../limits.ts';
import { fetchBytes } from './fetch-bytes.ts';
import { bestOf, type MasterPlaylist, type MediaPlaylist, PlaylistError, parsePlaylist } from './playlist.ts';
import { fetchTrack, type TrackState } from './track.ts';

/** Largest playlist, bytes. */
export const MAX_PLAYLIST_BYTES = 8 * 1024 ** 2;

export interface HlsLimits {
  /** Bytes that picture and sound may have together. */
  maxBytes: number;
  tooLarge: () => Error;
  /** 0 to 1. */
  onFraction: (fraction: number) => void;
}

/**
 * Makes one MP4 of what a playlist names: of several films the best one. ffmpeg gets files that we have fetched and decrypted, and
 * no playlist, key or address.
 * @param text of the playlist, which lies at `url`
 * @returns the path of the MP4
 * @throws PullError; MediaError; the signal's reason
 */
export async function pullHls(
  text: string,
  url: string,
  files: PullFiles,
  { maxBytes, tooLarge, onFraction }: HlsLimits,
  context: FetchContext,
): Promise<string> {
  const tracks = await tracksOf(text, url, context);
  const total = tracks.reduce((sum, { pieces }) => sum + pieces.length, 0);
  const paths: string[] = [];
  let bytes = 0;
  let before = 0;
  for (const [i, { pieces }] of tracks.entries()) {
    const file = await files.open<TrackState>(i === 0 ? 'picture' : 'sound');
    try {
      const onPiece = (done: number) => onFraction((before + done) / total);
      await fetchTrack(pieces, file, { maxBytes: maxBytes - bytes, tooLarge, onPiece }, context);
      bytes += file.bytes;
      before += pieces.length;
      paths.push(file.path);
    } finally {
      await file.close();
    }
  }
  await roomOn(context.disk, context.signal);
  const made = files.pathOf('film.mp4');
  await remuxToMp4(paths[0]!, paths[1] ?? null, made, context);
  return made;
}

async function tracksOf(text: string, url: string, context: FetchContext): Promise<MediaPlaylist[]> {
  const first = read(text, url);
  if (first.kind === 'media') return [first];
  const { picture, sound } = bestOf(first);
  const tracks: MediaPlaylist[] = [];
  for (const address of [picture, sound]) {
    if (address === null) continue;
    const found = await fetchBytes(address, null, MAX_PLAYLIST_BYTES, context);
    const playlist = read(found.bytes.toString('utf8'), found.url);
    if (playlist.kind === 'master')
      throw new PullError('pull.source', 'its playlist names playlists of playlists');
    tracks.push(playlist);
  }
  return tracks;
}

function read(text: string, url: string): MasterPlaylist | MediaPlaylist {
  try {
    return parsePlaylist(text, url);
  } catch (error) {
    if (!(error instanceof PlaylistError)) throw error;
    throw new PullError('pull.source', `its playlist ${error.message}`, { cause: error });
  }
}
