import { ConvertVodFile } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import type { Outbound } from '../../common/outbound/outbound.ts';
import { handler } from '../../common/v2/handler.ts';
import type { ProcessingActionDeps } from './deps.ts';

export const convertVodFile = ({ database, processing, watermarks, outbound }: ProcessingActionDeps) =>
  handler(ConvertVodFile, async ({ fileId, isScreenshot, isWatermark, notifyUrl }, { appId, now }) => {
    if (notifyUrl !== undefined) refuseInside(notifyUrl, outbound);
    const video = { id: fileId, appId };
    const vodTaskId = await database.transaction(async (trx) => {
      const watermark = isWatermark ? await watermarks.require(trx, appId) : null;
      const options = { notifyUrl, watermark, withSnapshots: isScreenshot };
      return processing.startDefaultTranscode(trx, video, now, options);
    });
    return { vodTaskId };
  });

/** What a name resolves to is looked at when it is called. */
function refuseInside(notifyUrl: string, outbound: Outbound): void {
  const problem = outbound.problemOf(notifyUrl);
  if (problem) throw new Refused('parameter.refused', `it ${problem}`, { field: 'notifyUrl' });
}
