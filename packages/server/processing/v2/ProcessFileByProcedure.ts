import { ProcessFileByProcedure } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { ProcessingActionDeps } from './deps.ts';
import { wireJob } from './jobs/all.ts';

export const processFileByProcedure = ({ database, library, processing }: ProcessingActionDeps) =>
  handler(ProcessFileByProcedure, async ({ fileId, procedure }, { appId, now }) => {
    const { db } = database;
    const video = await library.videos.require(db, appId, fileId);
    const prepared = await processing.prepareProcedure(db, appId, procedure);
    const { transcodeId, procedureId } = await database.transaction((trx) =>
      processing.startApart(trx, video, prepared, now),
    );
    const others = prepared.jobs.map(wireJob).filter(({ parameter }) => parameter !== 'transcode');
    return {
      ...(transcodeId && { transcodeTaskId: transcodeId }),
      ...(procedureId && { procedureTaskId: procedureId }),
      ...(procedureId &&
        Object.fromEntries(others.map(({ parameter }) => [`${parameter}TaskId`, procedureId]))),
    };
  });
