import { ConvertVodFile } from '@openvod/contract/v2';
import { handler } from '../../common/action-handler.ts';
import { fileNotFound, type ProcessingActionDeps, refuseUnoffered, starting } from './deps.ts';

export const convertVodFile = ({ database: { db }, library, processing }: ProcessingActionDeps) =>
  handler(ConvertVodFile, async ({ fileId, isScreenshot, isWatermark }, { appId, now }) => {
    refuseUnoffered({ isScreenshot, isWatermark });
    const video = await library.getVideo(db, appId, fileId);
    if (!video) throw fileNotFound(fileId);
    return starting(fileId, () =>
      db.transaction().execute((trx) => processing.startDefaultTranscode(trx, video, now)),
    );
  });
