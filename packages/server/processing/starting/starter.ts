import { procedureFlow } from '../flows/procedure.ts';
import type { Processing } from '../types.ts';
import { startAfterIngest } from './after-ingest.ts';
import { type StartingDeps, startingContext } from './context.ts';
import { startFirstCover } from './first-cover.ts';
import { startClip, startConcat } from './making.ts';
import { startOnNewVideo } from './on-new-video.ts';
import { startApart, startPrepared } from './procedures.ts';
import { startPulls } from './pulls.ts';
import { startDefaultTranscode } from './transcode.ts';

/** Turns requests into task flows. */
export function starter(deps: StartingDeps): Omit<Processing, 'watermarks' | 'prepareProcedure'> {
  const starting = startingContext(deps);
  return {
    startDefaultTranscode: (trx, video, now, options) =>
      startDefaultTranscode(starting, trx, video, now, options),
    startAfterIngest: (trx, video, wishes, now) => startAfterIngest(starting, trx, video, wishes, now),
    startFirstCover: (trx, video, now) => startFirstCover(starting, trx, video, now),
    startPulls: (trx, appId, pulls, now) => startPulls(starting, trx, appId, pulls, now),
    startPrepared: (trx, video, procedure, now) => startPrepared(starting, trx, video, procedure, now),
    startApart: (trx, video, procedure, now) => startApart(starting, trx, video, procedure, now),
    startOnNewVideo: (trx, appId, source, procedure, now) =>
      startOnNewVideo(starting, trx, appId, source, procedure, now),
    startClip: (trx, appId, request, now) => startClip(starting, trx, appId, request, now),
    startConcat: (trx, appId, request, now) => startConcat(starting, trx, appId, request, now),
    async startProcedure(trx, video, request, now) {
      const id = await starting.begin(trx, procedureFlow, video, request, now);
      await starting.requireQuotas(trx, video.appId);
      return id;
    },
    async startSingle(trx, video, { kind, job }, now) {
      const id = await starting.begin(trx, kind, video, { jobs: [job] }, now);
      await starting.requireQuotas(trx, video.appId);
      return id;
    },
  };
}
