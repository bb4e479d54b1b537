import type { Executor } from '../../database/index.ts';
import type { MediaInfo } from '../../media/index.ts';

/** What an output is. Two outputs of different kinds may have the same definition and have nothing to do with each other. */
export type OutputKind =
  | 'source'
  | 'transcode'
  | 'masterPlaylist'
  | 'cover'
  /** A set of pictures, as are the next two: one output, whose files are told apart by their names. */
  | 'snapshots'
  | 'sampledSnapshots'
  | 'sprite'
  | 'animated';

/** Which output of a video: there is one of each, and a later one takes its place. */
export interface OutputId {
  kind: OutputKind;
  /** The template that it was made by; 0 where there is none. */
  definition: number;
  /** Tells several of one definition apart, from 0. */
  number: number;
}

/** Something that a video has: its source, a rendition, a picture. */
export interface Output extends OutputId {
  /** Name of its file, of its playlist, or of the first of its pictures, below the video's folder: what its address ends with. */
  name: string;
  /** The run that made it, in whose folder its files lie; null when they lie where the address says. */
  run: string | null;
  container: string;
  /** Video plus audio, bit/s; 0 for pictures. */
  bitrate: number;
  /** bit/s; 0 without video. */
  videoBitrate: number;
  /** px, as shown; 0 without a picture. */
  width: number;
  height: number;
  /** Bytes of that file. */
  size: number;
  /** Bytes of all its files: with segments, with all pictures. */
  totalSize: number;
  durationMs: number;
  md5: string;
  /** Null for pictures, and for a source that is no media. */
  info: MediaInfo | null;
  /** What only its kind has. */
  details: Record<string, unknown> | null;
}

/** What a player needs of an output. */
export type Playable = Pick<Output, 'kind' | 'definition' | 'name' | 'videoBitrate' | 'width' | 'height'>;

/** Where a file lies. */
export interface LocatedFile {
  /** Object key. */
  key: string;
  /** The run in whose folder that is; null for none. */
  run: string | null;
}

/** What other rooms may ask of outputs. Functions that take an executor run in the caller's transaction. */
export interface Outputs {
  /** All of a video: the source, then by kind and definition. */
  of(db: Executor, appId: string, videoId: string): Promise<Output[]>;
  /** What can be played of a video, the source first, in one indexed read; empty when there is no such video. */
  playable(appId: string, videoId: string): Promise<Playable[]>;
  /** The same of several videos, by video id. */
  playableOf(db: Executor, appId: string, videoIds: readonly string[]): Promise<Map<string, Playable[]>>;
  /**
   * Puts outputs in the place of those with the same ids, all at once. The files of the run before stay for a day, for
   * those who are watching.
   * @throws VideoGoneError
   */
  save(trx: Executor, appId: string, videoId: string, outputs: readonly Output[], now: number): Promise<void>;
  /** The object of a file by the name that its address has; null when the video has no such file. */
  locate(appId: string, videoId: string, name: string): Promise<LocatedFile | null>;
  /** Notes in the caller's transaction that a run came to nothing: if nobody calls `discardRun` for it, what it stored goes a minute later. */
  giveUpRun(trx: Executor, appId: string, videoId: string, run: string, now: number): Promise<void>;
  /**
   * Removes what a run stored that came to nothing, but for what the video has outputs of, or had some until a short while ago. It is
   * noted, so that what the store could not remove now, or a lost worker stores late, goes some minutes after.
   */
  discardRun(appId: string, videoId: string, run: string, now: number): Promise<void>;
}
