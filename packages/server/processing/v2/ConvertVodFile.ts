import { ConvertVodFile } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { VideoGoneError } from '../../library/index.ts';
import { type ProcessingActionDeps, refuseUnoffered } from './deps.ts';

export const convertVodFile = ({ database, library, processing }: ProcessingActionDeps) =>
  handler(ConvertVodFile, async ({ fileId, isScreenshot, isWatermark }, { appId, now }) => {
    refuseUnoffered({ isScreenshot, isWatermark });
    const video = await library.videos.get(database.db, appId, fileId);
    if (!video) throw new VideoGoneError(fileId);
    const vodTaskId = await database.transaction((trx) => processing.startDefaultTranscode(trx, video, now));
    return { vodTaskId };
  });
