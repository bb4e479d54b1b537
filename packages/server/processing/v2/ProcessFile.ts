import { ProcessFile } from '@openvod/contract/v2';
import { Refused } from '../../common/refused.ts';
import { handler } from '../../common/v2/handler.ts';
import type { Notify } from '../../tasks/index.ts';
import { type ProcessingActionDeps, refuseUnoffered } from './deps.ts';
import { WIRE_JOBS } from './jobs/all.ts';
import type { AskContext, ProcessFileParams } from './jobs/job.ts';

const NOTIFY = { Finish: 'end', Change: 'change', None: 'none' } as const satisfies Record<string, Notify>;

export const processFile = ({ database, library, processing, templates }: ProcessingActionDeps) =>
  handler(ProcessFile, async (params, { appId, now }) => {
    refuseUnoffered({
      sampleSnapshot: params.sampleSnapshot !== undefined,
      snapshotByTimeOffset: params.snapshotByTimeOffset !== undefined,
      imageSprite: params.imageSprite !== undefined,
      animatedGraphics: params.animatedGraphics !== undefined,
    });
    if (!params.transcode && !params.coverBySnapshot) {
      const message = 'no job is given: transcode or coverBySnapshot is missing';
      throw new Refused('parameter.refused', message);
    }
    const video = await library.videos.require(database.db, appId, params.fileId);
    const { jobs, options } = await jobsOf(params, { db: database.db, video, templates });
    const request = { jobs, options, notify: NOTIFY[params.notifyMode] };
    const vodTaskId = await database.transaction((trx) =>
      processing.startProcedure(trx, video, request, now),
    );
    return { vodTaskId };
  });

async function jobsOf(params: ProcessFileParams, about: AskContext) {
  const asked = await Promise.all(WIRE_JOBS.map((job) => job.ask(params, about)));
  return {
    jobs: asked.flatMap(({ jobs }) => jobs),
    options: Object.assign({}, ...asked.map(({ options }) => options)) as Record<string, unknown>,
  };
}
