import type { Executor } from '../database/index.ts';
import type { Video } from '../library/index.ts';
import type { NewFlow, Notify } from '../tasks/index.ts';
import type { FlowKind } from './flows/flow.ts';
import type { PullInput } from './pull/job.ts';
import type { JobWatermark, Watermarks } from './watermarks.ts';

/** What a procedure is asked with. */
export interface ProcedureRequest {
  /** Made by the kinds in `jobs/`; none is a procedure that has nothing to do. */
  jobs: NewFlow['jobs'];
  /** What holds for all of them. */
  options: Record<string, unknown>;
  notify: Notify;
}

/** What a flow of one job is asked with. */
export interface SingleRequest {
  kind: FlowKind;
  job: NewFlow['jobs'][number];
}

/** Whether new videos of an application get a cover unasked; read in the caller's transaction. */
export type AutomaticCovers = (appId: string, trx: Executor) => Promise<boolean>;

/** Definitions that ConvertVodFile and `isTranscode=1` make for an application; read in the caller's transaction. */
export type DefaultDefinitions = (appId: string, trx: Executor) => Promise<readonly number[]>;

/** Kept in the options of a flow. */
export interface NotifyOptions {
  /** Where its events are posted, besides the application's own way. */
  notifyUrl?: string | undefined;
}

/** How a default transcode is asked for. */
export interface TranscodeOptions extends NotifyOptions {
  /** It was accepted already, with the upload that it follows: no quota refuses it now. */
  wasAccepted?: boolean;
  /** Also takes sampled pictures, as preset 10 has them. */
  withSnapshots?: boolean;
  /** Lies over the pictures of all of them. */
  watermark?: JobWatermark | null;
}

/** A file that is to be fetched. Its address is one that may be called, as far as that can be said by looking at it. */
export interface PullRequest extends Omit<PullInput, 'videoId'>, NotifyOptions {
  /** -10 to 10, higher first. */
  priority: number;
}

/** What other rooms may ask of processing. */
export interface Processing {
  watermarks: Watermarks;
  /**
   * Starts the account's default transcode of a video in the caller's transaction (`isTranscode` of an upload,
   * ConvertVodFile) and returns the task id, `transcode-<32 hex>`. Its end is also told to `notifyUrl`, when there is one.
   * @throws VideoGoneError; Refused `task.quota`, `storage.quota`; `parameter.refused` when a watermark does not go with a definition
   */
  startDefaultTranscode(
    trx: Executor,
    video: Pick<Video, 'id' | 'appId'>,
    now: number,
    options?: TranscodeOptions,
  ): Promise<string>;
  /**
   * Starts to take a cover of a new video in the caller's transaction, which nobody asked for: an application's setting turns it off,
   * and a video that has no picture gets none. One that it gets in the meantime stays.
   */
  startFirstCover(trx: Executor, video: Pick<Video, 'id' | 'appId' | 'info'>, now: number): Promise<void>;
  /**
   * Starts what an upload with `isScreenshot` alone asked for, in the caller's transaction: sampled pictures, as preset 10 has them.
   * Returns the flow's id, `<appId>-Procedure-<32 hex>`. It was accepted with the upload: no quota refuses it now.
   * @throws VideoGoneError
   */
  startSnapshots(trx: Executor, video: Pick<Video, 'id' | 'appId'>, now: number): Promise<string>;
  /**
   * Starts pulls in the caller's transaction, all or none, and returns for each the id of its flow, `Pull-<32 hex>`, and that of the
   * video that it will become.
   * @throws Refused `class.notFound`, `task.quota`, `storage.quota`
   */
  startPulls(
    trx: Executor,
    appId: string,
    pulls: readonly PullRequest[],
    now: number,
  ): Promise<{ id: string; videoId: string }[]>;
  /**
   * Starts jobs on a video in the caller's transaction and returns the flow's id, `<appId>-Procedure-<32 hex>`.
   * @throws VideoGoneError; Refused `task.quota`, `storage.quota`
   */
  startProcedure(
    trx: Executor,
    video: Pick<Video, 'id' | 'appId'>,
    request: ProcedureRequest,
    now: number,
  ): Promise<string>;
  /**
   * Starts one job on a video as a flow of a kind of its own, in the caller's transaction, and returns the flow's id. Its end is
   * told of.
   * @throws VideoGoneError; Refused `task.quota`, `storage.quota`
   */
  startSingle(
    trx: Executor,
    video: Pick<Video, 'id' | 'appId'>,
    request: SingleRequest,
    now: number,
  ): Promise<string>;
}
