import type { Executor } from '../../database/index.ts';

/** A text at a moment of a video, which players show on their progress bar. */
export interface Mark {
  /** ms from the beginning. */
  atMs: number;
  content: string;
}

/** What other rooms may ask of marks. */
export interface Marks {
  /** In the order of their times. */
  of(db: Executor, videoId: string): Promise<Mark[]>;
  /**
   * Adds all or none; one at the time of another takes its place, as does a later one of the same call.
   * @throws VideoGoneError; Refused `parameter.refused` (`marks`) when there would be too many
   */
  put(appId: string, videoId: string, marks: readonly Mark[], now: number): Promise<void>;
  /** Times at which there is no mark are passed over. @throws VideoGoneError */
  remove(appId: string, videoId: string, timesMs: readonly number[], now: number): Promise<void>;
}
