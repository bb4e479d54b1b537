import { ConvertVodFile } from '@openvod/contract/v2';
import { handler } from '../../common/action-handler.ts';
import { fileNotFound, type ProcessingActionDeps, refuseUnoffered, starting } from './deps.ts';

export const convertVodFile = ({ database, library, processing }: ProcessingActionDeps) =>
  handler(ConvertVodFile, async ({ fileId, isScreenshot, isWatermark }, { appId, now }) => {
    refuseUnoffered({ isScreenshot, isWatermark });
    const video = await library.getVideo(database.db, appId, fileId);
    if (!video) throw fileNotFound(fileId);
    return starting(fileId, () =>
      database.transaction((trx) => processing.startDefaultTranscode(trx, video, now)),
    );
  });
