import type { Database } from '../../database/index.ts';
import type { ObjectStore } from '../../storage/index.ts';
import { lockVideo } from '../videos/write.ts';
import { locate } from './locate.ts';
import { outputsOf, playable, playableOf } from './read.ts';
import { discardRun, giveUpRun, retireRuns } from './retired.ts';
import type { Outputs } from './types.ts';
import { putOutputs, replacedBy } from './write.ts';

export function createOutputs(database: Database, store: ObjectStore): Outputs {
  const { db } = database;
  return {
    of: outputsOf,
    playable: (appId, videoId) => playable(db, appId, videoId),
    playableOf,
    async save(trx, appId, videoId, outputs, now) {
      await lockVideo(trx, appId, videoId, now);
      const replaced = await replacedBy(trx, videoId, outputs);
      await retireRuns(trx, appId, videoId, replaced.runs, now);
      await putOutputs(trx, appId, videoId, outputs, replaced);
    },
    locate: (appId, videoId, name) => locate(db, appId, videoId, name),
    giveUpRun: (trx, appId, videoId, run, now) => giveUpRun(trx, { appId, videoId, run }, now),
    discardRun: (appId, videoId, run, now) => discardRun(db, store, { appId, videoId, run }, now),
  };
}
