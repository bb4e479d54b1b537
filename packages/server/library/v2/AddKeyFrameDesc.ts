import { AddKeyFrameDesc } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { LibraryActionDeps } from './deps.ts';

export const addKeyFrameDesc = ({ library: { marks } }: LibraryActionDeps) =>
  handler(AddKeyFrameDesc, async ({ fileId, keyFrameDesc }, { appId, now }) => {
    const added = keyFrameDesc.map(({ timeOffset, content }) => ({ atMs: timeOffset, content }));
    await marks.put(appId, fileId, added, now);
    return {};
  });
