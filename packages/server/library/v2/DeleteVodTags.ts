import { DeleteVodTags } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { LibraryActionDeps } from './deps.ts';

/** Takes any text for a tag, because uploads may have set tags that CreateVodTags would refuse. */
export const deleteVodTags = ({ library: { videos } }: LibraryActionDeps) =>
  handler(DeleteVodTags, async ({ fileId, tags }, { appId, now }) => {
    await videos.removeTags(appId, fileId, tags, now);
    return {};
  });
