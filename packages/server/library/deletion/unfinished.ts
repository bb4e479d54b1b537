import { Refused } from '../../common/faults/refused.ts';
import type { Logger } from '../../common/log.ts';
import type { Database, Executor } from '../../database/index.ts';
import { tables } from '../tables.ts';

/** What is being made of a video that has no row yet; there is nobody to tell when it goes. */
export const UNFINISHED = 2;

/** How long something may be in the making before its objects are removed, ms: no more than a sweep thinks possible. */
const DUE_AFTER_MS = 30 * 60_000;

/**
 * Notes of videos that are made during a call, with no task that would go on with them after a kill. Their objects are in the
 * store before their rows are; a note says so until the row is there, and is a deletion that is due in half an hour.
 */
export interface Unfinished {
  /** Before the first object is stored. */
  note(appId: string, videoId: string, now: number): Promise<void>;
  /**
   * In the transaction that creates the video, before all else: either that commits, or the objects go.
   * @throws Refused `service.busy` when they are going already
   */
  takeBack(trx: Executor, videoId: string): Promise<void>;
  /** Nothing comes of it: its objects go now. Without effect on a video that was created all the same. */
  giveUp(videoId: string, now: number): Promise<void>;
}

export function createUnfinished(deps: {
  database: Database;
  log: Logger;
  /** Called when there is something to be removed. */
  onGivenUp(): void;
}): Unfinished {
  const { db } = deps.database;
  return {
    async note(appId, videoId, now) {
      await tables(db)
        .insertInto('deletions')
        .values({
          ...{ video_id: videoId, app_id: appId, due_at: now + DUE_AFTER_MS },
          ...{ announced: UNFINISHED, attempts: 0 },
        })
        .execute();
    },
    async takeBack(trx, videoId) {
      const row = await tables(trx)
        .deleteFrom('deletions')
        .where('video_id', '=', videoId)
        .where('announced', '=', UNFINISHED)
        .returning('video_id')
        .executeTakeFirst();
      if (!row) throw new Refused('service.busy', 'to make the video took too long, try again later');
    },
    async giveUp(videoId, now) {
      try {
        await tables(db)
          .updateTable('deletions')
          .set({ due_at: now })
          .where('video_id', '=', videoId)
          .where('announced', '=', UNFINISHED)
          .execute();
        deps.onGivenUp();
      } catch (error) {
        deps.log.debug({ err: error, videoId }, 'what came to nothing is removed later');
      }
    },
  };
}
