import { type ParamsOf, RunProcedure } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import type { Outbound } from '../../common/outbound/outbound.ts';
import { handler } from '../../common/v2/handler.ts';
import type { NewVideoSource } from '../types.ts';
import type { ProcessingActionDeps } from './deps.ts';
import { refuseInside } from './refuse-inside.ts';

export const runProcedure = ({ database, library, processing, outbound }: ProcessingActionDeps) =>
  handler(RunProcedure, async (params, { appId, now }) => {
    const worksOn = sourceOf(params, outbound);
    const { db } = database;
    if ('videoId' in worksOn) {
      const video = await library.videos.require(db, appId, worksOn.videoId);
      const prepared = await processing.prepareProcedure(db, appId, params.procedure);
      const vodTaskId = await database.transaction((trx) =>
        processing.startPrepared(trx, video, prepared, now),
      );
      return { vodTaskId };
    }
    const prepared = await processing.prepareProcedure(db, appId, params.procedure);
    const vodTaskId = await database.transaction((trx) =>
      processing.startOnNewVideo(trx, appId, worksOn, prepared, now),
    );
    return { vodTaskId };
  });

type Params = ParamsOf<typeof RunProcedure>;
type File = NonNullable<Params['file']>;

/** What the flow works on: a video that there is, or what a new one is made of. */
function sourceOf(params: Params, outbound: Outbound): { videoId: string } | NewVideoSource {
  switch (params.inputType) {
    case 'SingleFile': {
      const piece = pieceOf(params.file ?? {}, 'file.id');
      const isWhole = piece.startMs === 0 && piece.endMs === null;
      return isWhole ? { videoId: piece.videoId } : { pieces: [piece] };
    }
    case 'MultiFile': {
      const files = params.fileList ?? [];
      if (files.length === 0) throw missing('fileList.0.id', 'MultiFile needs fileList');
      return { pieces: files.map((file, i) => pieceOf(file, `fileList.${i}.id`)) };
    }
    case 'PullFile': {
      if (!params.pull) throw missing('pull.url', 'PullFile needs pull.url and pull.fileName');
      const { url, fileName: name, fileMd5: md5 = null, classId } = params.pull;
      refuseInside(url, 'pull.url', outbound);
      return { pull: { url, name, md5, classId } };
    }
    case 'Stream':
      throw new Refused(
        'feature.planned',
        'inputType Stream needs recordings of live streams: there are none here',
      );
  }
}

/** A documented sample writes `endTime`. */
function pieceOf({ id, startTimeOffset = 0, endTimeOffset, endTime }: File, field: string) {
  if (id === undefined) throw missing(field, 'name the video');
  const end = endTimeOffset ?? endTime;
  return { videoId: id, startMs: startTimeOffset * 1000, endMs: end === undefined ? null : end * 1000 };
}

function missing(field: string, message: string): Refused {
  return new Refused('parameter.refused', message, { field });
}
