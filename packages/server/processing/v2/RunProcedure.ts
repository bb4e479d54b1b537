import { type ParamsOf, RunProcedure } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import { handler } from '../../common/v2/handler.ts';
import { type ProcessingActionDeps, refuseUnoffered } from './deps.ts';

export const runProcedure = ({ database, library, processing }: ProcessingActionDeps) =>
  handler(RunProcedure, async (params, { appId, now }) => {
    const fileId = wholeVideoOf(params);
    const { db } = database;
    const video = await library.videos.require(db, appId, fileId);
    const prepared = await processing.prepareProcedure(db, appId, params.procedure);
    const vodTaskId = await database.transaction((trx) =>
      processing.startPrepared(trx, video, prepared, now),
    );
    return { vodTaskId };
  });

/** A video that is there already; what has to be cut, joined or fetched before is not offered yet. */
function wholeVideoOf({ inputType, file }: ParamsOf<typeof RunProcedure>): string {
  refuseUnoffered({
    'inputType MultiFile': inputType === 'MultiFile',
    'inputType Stream': inputType === 'Stream',
    'inputType PullFile': inputType === 'PullFile',
    'file.startTimeOffset': (file?.startTimeOffset ?? 0) !== 0,
    'file.endTimeOffset': file?.endTimeOffset !== undefined,
  });
  if (file?.id !== undefined) return file.id;
  throw new Refused('parameter.refused', 'SingleFile needs file.id', { field: 'file.id' });
}
