import type { Executor } from '../database/index.ts';
import type { Video } from '../library/types.ts';

/** What ProcessFile may ask of a transcode (contract/processing/ProcessFile.yaml). */
export interface TranscodeRequest {
  /** Ids of known transcode definitions; a repeated one counts once. */
  definitions: readonly number[];
  /** Leave out definitions whose bitrate is above the source's. */
  disableHigherBitrate: boolean;
  /** Also make a master playlist of the HLS outputs, with definition 10000. */
  masterPlaylist: boolean;
  alignKeyFrames: boolean;
  notifyMode: 'Finish' | 'Change' | 'None';
}

/** Definitions that ConvertVodFile and `isTranscode=1` make for an application; read in the caller's transaction. */
export type DefaultDefinitions = (appId: string, trx: Executor) => Promise<readonly number[]>;

/** Kept in the options of a flow. */
export interface NotifyOptions {
  /** Where its events are posted, besides the application's own way. */
  notifyUrl?: string | undefined;
}

/** What other rooms may ask of processing. */
export interface Processing {
  /**
   * Starts the account's default transcode of a video in the caller's transaction (`isTranscode` of an upload,
   * ConvertVodFile) and returns the task id, `transcode-<32 hex>`. Its end is also told to `notifyUrl`, when there is one.
   * @throws VideoGoneError
   */
  startDefaultTranscode(
    trx: Executor,
    video: Pick<Video, 'id' | 'appId'>,
    now: number,
    options?: NotifyOptions,
  ): Promise<string>;
  /**
   * Starts a task flow in the caller's transaction and returns its id, `<appId>-Procedure-<32 hex>`.
   * @throws VideoGoneError
   */
  startTranscode(
    trx: Executor,
    video: Pick<Video, 'id' | 'appId' | 'info'>,
    request: TranscodeRequest,
    now: number,
  ): Promise<string>;
}
