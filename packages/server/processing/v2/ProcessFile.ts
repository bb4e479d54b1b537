import { ProcessFile } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import { handler } from '../../common/v2/handler.ts';
import type { Notify } from '../../tasks/index.ts';
import { askedJobs, givenIn } from './asked-jobs.ts';
import type { ProcessingActionDeps } from './deps.ts';
import { WIRE_JOBS } from './jobs/all.ts';

const NOTIFY = { Finish: 'end', Change: 'change', None: 'none' } as const satisfies Record<string, Notify>;

export const processFile = ({ database, library, processing, ...deps }: ProcessingActionDeps) =>
  handler(ProcessFile, async ({ fileId, notifyMode, ...params }, { appId, now }) => {
    if (givenIn(params).length === 0) {
      const names = WIRE_JOBS.map(({ parameter }) => parameter).join(' or ');
      throw new Refused('parameter.refused', `no job is given: ${names} is missing`);
    }
    const video = await library.videos.require(database.db, appId, fileId);
    const asked = await askedJobs(params, { ...deps, db: database.db, video });
    const request = { ...asked, notify: NOTIFY[notifyMode] };
    const vodTaskId = await database.transaction((trx) =>
      processing.startProcedure(trx, video, request, now),
    );
    return { vodTaskId };
  });
