import { ConvertVodFile } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import type { Outbound } from '../../common/outbound/outbound.ts';
import { handler } from '../../common/v2/handler.ts';
import { type ProcessingActionDeps, refuseUnoffered } from './deps.ts';

export const convertVodFile = ({ database, processing, outbound }: ProcessingActionDeps) =>
  handler(ConvertVodFile, async ({ fileId, isScreenshot, isWatermark, notifyUrl }, { appId, now }) => {
    refuseUnoffered({ isWatermark });
    if (notifyUrl !== undefined) refuseInside(notifyUrl, outbound);
    const video = { id: fileId, appId };
    const vodTaskId = await database.transaction((trx) =>
      processing.startDefaultTranscode(trx, video, now, { notifyUrl, withSnapshots: isScreenshot }),
    );
    return { vodTaskId };
  });

/** What a name resolves to is looked at when it is called. */
function refuseInside(notifyUrl: string, outbound: Outbound): void {
  const problem = outbound.problemOf(notifyUrl);
  if (problem) throw new Refused('parameter.refused', `it ${problem}`, { field: 'notifyUrl' });
}
