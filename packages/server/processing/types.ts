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

/** What a procedure that was named comes to, before it has a video: also kept with an upload, in JSON. */
export interface PreparedProcedure extends Pick<ProcedureRequest, 'jobs' | 'options'> {
  /** Its name and arguments, in the one form that they have. */
  call: string;
}

/** A stretch of a video that is to become a video. */
export interface ClipRequest {
  videoId: string;
  /** Of the new video. */
  name: string;
  /** ms from the beginning; below 0, from the end. */
  startMs: number;
  /** The same; null is the end. */
  endMs: number | null;
}

/** Stretches of videos, one after the other. */
export interface PiecesSource {
  pieces: readonly Omit<ClipRequest, 'name'>[];
}

/** What a video is made of that a task flow begins with. */
export type NewVideoSource = PiecesSource | { pull: Pick<PullInput, 'url' | 'name' | 'md5' | 'classId'> };

/** Videos that are to become one. */
export interface ConcatRequest {
  /** In their order; one may occur several times. */
  videoIds: readonly string[];
  /** Of the new video. */
  name: string;
  /** In what it is to be there; its source is an MP4 in any case. */
  containers: readonly ('mp4' | 'hls')[];
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
  /** Also takes sampled pictures, as preset 10 has them. */
  withSnapshots?: boolean;
  /** Lies over the pictures of all of them. */
  watermark?: JobWatermark | null;
}

/** What was asked for together with a file that has become a video. */
export interface IngestWishes extends NotifyOptions {
  /** With the default definitions. */
  transcode: boolean;
  /** Sampled pictures, as preset 10 has them. */
  snapshots: boolean;
  /** Lies over the transcodes. */
  watermark: JobWatermark | null;
  procedure: PreparedProcedure | null;
}

/** A video that was just written. */
export type IngestedVideo = Pick<Video, 'id' | 'appId' | 'info'>;

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
   * Starts what was asked for with a new video, and its first cover, in the caller's transaction. It was accepted with the file: no quota
   * refuses it now.
   * @returns the ids of the transcode and of the procedure, `<appId>-Procedure-<32 hex>` (sampled pictures without a transcode are one);
   * null for what there is none of
   */
  startAfterIngest(
    trx: Executor,
    video: IngestedVideo,
    wishes: IngestWishes,
    now: number,
  ): Promise<{ transcodeId: string | null; procedureId: string | null }>;
  /**
   * Starts to take a cover of a new video in the caller's transaction, which nobody asked for: an application's setting turns it off,
   * and a video that has no picture gets none. One that it gets in the meantime stays.
   */
  startFirstCover(trx: Executor, video: IngestedVideo, now: number): Promise<void>;
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
   * What a procedure asks for by its name and arguments, such as `QCVB_SimpleProcessFile({210,220}, 1)`.
   * @throws Refused `procedure.invalid`, `definition.notFound`, `watermark.none`, `feature.planned`, `parameter.refused`
   */
  prepareProcedure(db: Executor, appId: string, call: string): Promise<PreparedProcedure>;
  /**
   * Starts a procedure on a video in the caller's transaction and returns the flow's id, `<appId>-Procedure-<32 hex>`.
   * @throws VideoGoneError; Refused `procedure.exists` while the same call is at work on the video, `task.quota`, `storage.quota`
   */
  startPrepared(
    trx: Executor,
    video: Pick<Video, 'id' | 'appId'>,
    procedure: PreparedProcedure,
    now: number,
  ): Promise<string>;
  /**
   * The same on a video that the flow makes first, of others or of what it fetches; one that is made of others has the name of the first.
   * @throws VideoGoneError; Refused `video.unfit`, `parameter.refused` (`videoIds`, `endMs`), `class.notFound`, `task.quota`, `storage.quota`
   */
  startOnNewVideo(
    trx: Executor,
    appId: string,
    source: NewVideoSource,
    procedure: PreparedProcedure,
    now: number,
  ): Promise<string>;
  /**
   * The same as `startPrepared` with the transcodes as a task of their own, `transcode-<32 hex>`, which is told of by itself. Ids are null for what
   * there is nothing of; a procedure that does nothing is a flow without jobs.
   */
  startApart(
    trx: Executor,
    video: Pick<Video, 'id' | 'appId'>,
    procedure: PreparedProcedure,
    now: number,
  ): Promise<{ transcodeId: string | null; procedureId: string | null }>;
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
   * Starts to make a video of a stretch of another, in the caller's transaction, and returns the flow's id, `clipVideo-<32 hex>`.
   * @throws VideoGoneError; Refused `video.unfit`, `parameter.refused` (`endMs`), `task.quota`, `storage.quota`
   */
  startClip(trx: Executor, appId: string, request: ClipRequest, now: number): Promise<string>;
  /**
   * Starts to join videos to a new one, in the caller's transaction, and returns the flow's id, `concat-<32 hex>`.
   * @throws VideoGoneError; Refused `video.unfit`, `parameter.refused` (`videoIds`), `task.quota`, `storage.quota`
   */
  startConcat(trx: Executor, appId: string, request: ConcatRequest, now: number): Promise<string>;
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

/** HLS made of HLS at once, without looking into it. */
export interface SimpleHls {
  /**
   * Whole segments that show something of a stretch.
   * @returns the new video, and the key of its playlist's address
   * @throws VideoGoneError; Refused `video.unfit`, `parameter.refused` (`endMs`), `storage.quota`
   */
  clip(appId: string, request: ClipRequest, now: number): Promise<{ videoId: string; key: string }>;
  /** All segments of several. @throws the same */
  concat(
    appId: string,
    request: Pick<ConcatRequest, 'videoIds' | 'name'>,
    now: number,
  ): Promise<{ videoId: string; key: string }>;
}
