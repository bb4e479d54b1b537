import type { MediaInfo, MediaSource, TranscodeOutput } from '../../media/index.ts';
import type { Job } from '../../tasks/index.ts';
import type { EncodingSettings } from '../encoding-settings.ts';

/** What the options of a flow say that makes a video: chosen when it was asked for, so that every start of it makes the same one. */
export interface MakingOptions {
  videoId: string;
  name: string;
}

export interface MakingContext {
  /** Local folder, for this work alone. */
  folder: string;
  encoding: EncodingSettings;
  /** The run, whose folder the files of renditions will lie in. */
  run: string;
  signal: AbortSignal;
  /** `fraction` is 0 to 1, of all of it. */
  progress(fraction: number): void;
}

/** A video in the making: its source, an MP4, and what else it has from the beginning. */
export interface MadeFile {
  path: string;
  info: MediaInfo;
  /** Hexadecimal. */
  md5: string;
  renditions: readonly TranscodeOutput[];
}

/**
 * Makes one file of others.
 *
 * @param jobs of the flow, all of which this is the work of
 * @param sources in the order of the flow's
 * @throws MediaError
 */
export type Maker = (
  jobs: readonly Job[],
  sources: readonly MediaSource[],
  context: MakingContext,
) => Promise<MadeFile>;
