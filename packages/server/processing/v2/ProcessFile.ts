import { type ParamsOf, ProcessFile } from '@openvod/contract/v2';
import { Refused } from '../../common/refused.ts';
import { handler } from '../../common/v2/handler.ts';
import { VideoGoneError } from '../../library/index.ts';
import type { Templates } from '../../templates/index.ts';
import type { TranscodeRequest } from '../types.ts';
import { type ProcessingActionDeps, refuseUnoffered } from './deps.ts';

/**
 * Definitions that disableHigherBitrate leaves out do not appear among the sub-tasks; when it leaves none, the flow
 * ends as a success without outputs. The documents say neither.
 */
export const processFile = ({ database, library, processing, templates }: ProcessingActionDeps) =>
  handler(ProcessFile, async (params, { appId, now }) => {
    const request = transcodeRequest(params, templates);
    const video = await library.videos.get(database.db, appId, params.fileId);
    if (!video) throw new VideoGoneError(params.fileId);
    const vodTaskId = await database.transaction((trx) =>
      processing.startTranscode(trx, video, request, now),
    );
    return { vodTaskId };
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
  if (transcode === undefined)
    throw new Refused('parameter.refused', 'no job is given: transcode is missing');
  const unknown = transcode.definition.find((id) => templates.transcode(id) === undefined);
  if (unknown !== undefined) {
    const message = `there is no definition ${unknown}`;
    throw new Refused('definition.notFound', message, { field: 'transcode.definition' });
  }
  return {
    definitions: transcode.definition,
    disableHigherBitrate: transcode.disableHigherBitrate,
    masterPlaylist: transcode.hlsMasterPlaylist,
    alignKeyFrames: transcode.idrAlignment,
    notifyMode,
  };
}
