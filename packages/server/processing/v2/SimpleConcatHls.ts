import { SimpleConcatHls } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { ProcessingActionDeps } from './deps.ts';

export const simpleConcatHls = ({ simpleHls, addresses }: ProcessingActionDeps) =>
  handler(SimpleConcatHls, async ({ srcFileList, name }, { appId, now }) => {
    const videoIds = srcFileList.map(({ fileId }) => fileId);
    const { videoId, key } = await simpleHls.concat(appId, { videoIds, name }, now);
    return { fileId: videoId, fileUrl: addresses.of(key) };
  });
