import { SimpleClipHls } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { ProcessingActionDeps } from './deps.ts';

export const simpleClipHls = ({ simpleHls, addresses }: ProcessingActionDeps) =>
  handler(
    SimpleClipHls,
    async ({ srcFileId, newFileName, startTimeOffset, endTimeOffset }, { appId, now }) => {
      const { videoId, key } = await simpleHls.clip(
        appId,
        {
          ...{ videoId: srcFileId, name: newFileName },
          ...{ startMs: startTimeOffset * 1000, endMs: endTimeOffset * 1000 },
        },
        now,
      );
      return { newFileId: videoId, newFileUrl: addresses.of(key) };
    },
  );
