import type { Executor } from '../database/index.ts';
import type { Video } from '../library/types.ts';

/** What other rooms may ask of processing. */
export interface Processing {
  /**
   * Starts the account's default transcode of a video in the caller's transaction (`isTranscode` of an upload,
   * ConvertVodFile) and returns the task id, `transcode-<32 hex>`.
   */
  startDefaultTranscode(trx: Executor, video: Pick<Video, 'id' | 'appId'>, now: number): Promise<string>;
}
