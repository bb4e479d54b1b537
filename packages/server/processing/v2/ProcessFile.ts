import { ProcessFile } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import { handler } from '../../common/v2/handler.ts';
import type { Notify } from '../../tasks/index.ts';
import { type ProcessingActionDeps, refuseUnoffered } from './deps.ts';
import { WIRE_JOBS } from './jobs/all.ts';
import type { AskContext, ProcessFileParams } from './jobs/job.ts';

const NOTIFY = { Finish: 'end', Change: 'change', None: 'none' } as const satisfies Record<string, Notify>;

export const processFile = ({ database, library, processing, templates, watermarks }: ProcessingActionDeps) =>
  handler(ProcessFile, async (params, { appId, now }) => {
    const { fileId, notifyMode, ...asked } = params;
    const given = Object.entries(asked).filter(([, job]) => job !== undefined);
    const isOffered = (name: string) => WIRE_JOBS.some(({ parameter }) => parameter === name);
    refuseUnoffered(Object.fromEntries(given.map(([name]) => [name, !isOffered(name)])));
    if (given.length === 0) {
      const names = WIRE_JOBS.map(({ parameter }) => parameter).join(' or ');
      throw new Refused('parameter.refused', `no job is given: ${names} is missing`);
    }
    const video = await library.videos.require(database.db, appId, fileId);
    const { jobs, options } = await jobsOf(params, { db: database.db, video, templates, watermarks });
    const request = { jobs, options, notify: NOTIFY[notifyMode] };
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
