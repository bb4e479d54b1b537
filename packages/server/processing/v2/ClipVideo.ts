import { ClipVideo } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { ProcessingActionDeps } from './deps.ts';

export const clipVideo = ({ database, processing }: ProcessingActionDeps) =>
  handler(ClipVideo, async ({ fileId, newFileName, startTimeOffset, endTimeOffset }, { appId, now }) => {
    const request = {
      videoId: fileId,
      name: newFileName,
      startMs: startTimeOffset * 1000,
      endMs: endTimeOffset === undefined ? null : endTimeOffset * 1000,
    };
    const vodTaskId = await database.transaction((trx) => processing.startClip(trx, appId, request, now));
    return { vodTaskId };
  });
