import { ModifyVodInfo, type ParamsOf } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { LibraryActionDeps } from './deps.ts';

/** What is not sent stays as it is. */
export const modifyVodInfo = ({ library: { videos } }: LibraryActionDeps) =>
  handler(ModifyVodInfo, async (params, { appId, now }) => {
    const { fileId, fileName: name, fileIntro: description, classId } = params;
    await videos.edit(appId, fileId, { name, description, classId, expiresAt: expiryOf(params) }, now);
    return {};
  });

/** ms since the epoch; null for "never", undefined for "as it is". A moment that has passed removes the video soon. */
function expiryOf({
  expireTime,
  expireTimeStamp,
}: ParamsOf<typeof ModifyVodInfo>): number | null | undefined {
  if (expireTimeStamp === undefined) return expireTime;
  return expireTimeStamp === 0 ? null : expireTimeStamp * 1000;
}
