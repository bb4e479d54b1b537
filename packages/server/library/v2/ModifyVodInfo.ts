import { ModifyVodInfo, type ParamsOf } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { requireClass } from '../classes/existing.ts';
import type { VideoChanges } from '../types.ts';
import { checkedText } from './checked-text.ts';
import type { LibraryActionDeps } from './deps.ts';

/** What is not sent stays as it is. */
export const modifyVodInfo = ({ library, database }: LibraryActionDeps) =>
  handler(ModifyVodInfo, async (params, { appId, now }) => {
    const { fileId, fileName, fileIntro, classId } = params;
    const changes: VideoChanges = {
      name: fileName === undefined ? undefined : checkedText('name', fileName),
      description: fileIntro === undefined ? undefined : checkedText('description', fileIntro),
      classId,
      expiresAt: expiryOf(params),
    };
    await database.transaction(async (trx) => {
      if (classId !== undefined) await requireClass(trx, appId, classId);
      await library.changeVideo(trx, appId, fileId, changes, now);
    });
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
