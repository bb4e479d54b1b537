import { ConcatVideo } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { ProcessingActionDeps } from './deps.ts';

const CONTAINERS = { mp4: 'mp4', m3u8: 'hls' } as const;

export const concatVideo = ({ database, processing }: ProcessingActionDeps) =>
  handler(ConcatVideo, async ({ srcFileList, name, dstType }, { appId, now }) => {
    const request = {
      videoIds: srcFileList.map(({ fileId }) => fileId),
      name,
      containers: dstType.map((type) => CONTAINERS[type]),
    };
    const vodTaskId = await database.transaction((trx) => processing.startConcat(trx, appId, request, now));
    return { vodTaskId };
  });
