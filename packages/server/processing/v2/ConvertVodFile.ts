import { ConvertVodFile } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { type ProcessingActionDeps, refuseUnoffered } from './deps.ts';

export const convertVodFile = ({ database, library, processing }: ProcessingActionDeps) =>
  handler(ConvertVodFile, async ({ fileId, isScreenshot, isWatermark }, { appId, now }) => {
    refuseUnoffered({ isScreenshot, isWatermark });
    const video = await library.videos.require(database.db, appId, fileId);
    const vodTaskId = await database.transaction((trx) => processing.startDefaultTranscode(trx, video, now));
    return { vodTaskId };
  });
