import { DeleteKeyFrameDesc } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { LibraryActionDeps } from './deps.ts';

export const deleteKeyFrameDesc = ({ library: { marks } }: LibraryActionDeps) =>
  handler(DeleteKeyFrameDesc, async ({ fileId, keyFrameDescTimeOffset }, { appId, now }) => {
    await marks.remove(appId, fileId, keyFrameDescTimeOffset, now);
    return {};
  });
