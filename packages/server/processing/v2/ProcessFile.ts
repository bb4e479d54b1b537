import { ACTION_ERRORS, ApiError, type ParamsOf, ProcessFile } from '@openvod/contract/v2';
import { handler } from '../../common/action-handler.ts';
import type { Templates } from '../../templates/index.ts';
import type { TranscodeRequest } from '../types.ts';
import { fileNotFound, type ProcessingActionDeps, refuseUnoffered, starting } from './deps.ts';

/**
 * Definitions that disableHigherBitrate leaves out do not appear among the sub-tasks; when it leaves none, the flow
 * ends as a success without outputs. The documents say neither.
 */
export const processFile = ({ database, library, processing, templates }: ProcessingActionDeps) =>
  handler(ProcessFile, async (params, { appId, now }) => {
    const request = transcodeRequest(params, templates);
    const video = await library.getVideo(database.db, appId, params.fileId);
    if (!video) throw fileNotFound(params.fileId);
    return starting(params.fileId, () =>
      database.transaction((trx) => processing.startTranscode(trx, video, request, now)),
    );
  });

function transcodeRequest(params: ParamsOf<typeof ProcessFile>, templates: Templates): TranscodeRequest {
  const { transcode, notifyMode } = params;
  refuseUnoffered({
    sampleSnapshot: params.sampleSnapshot !== undefined,
    snapshotByTimeOffset: params.snapshotByTimeOffset !== undefined,
    coverBySnapshot: params.coverBySnapshot !== undefined,
    imageSprite: params.imageSprite !== undefined,
    animatedGraphics: params.animatedGraphics !== undefined,
    'transcode.watermark': (transcode?.watermark ?? 0) !== 0,
    'transcode.drm': transcode?.drm !== undefined,
  });
  if (transcode === undefined) throw invalid('no job is given: transcode is missing');
  const unknown = transcode.definition.find((id) => templates.transcode(id) === undefined);
  if (unknown !== undefined) throw invalid(`transcode.definition: there is no definition ${unknown}`);
  return {
    definitions: transcode.definition,
    disableHigherBitrate: transcode.disableHigherBitrate,
    masterPlaylist: transcode.hlsMasterPlaylist,
    alignKeyFrames: transcode.idrAlignment,
    notifyMode,
  };
}

function invalid(message: string): ApiError {
  return new ApiError(ACTION_ERRORS.invalidParameter, message);
}
