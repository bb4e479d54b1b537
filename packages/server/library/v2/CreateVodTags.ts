import { CreateVodTags } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { LibraryActionDeps } from './deps.ts';

export const createVodTags = ({ library: { videos } }: LibraryActionDeps) =>
  handler(CreateVodTags, async ({ fileId, tags }, { appId, now }) => {
    await videos.addTags(appId, fileId, tags, now);
    return {};
  });
