import { checkedText } from '../../common/checked-text.ts';
import { Refused } from '../../common/faults/refused.ts';
import type { Database, Executor } from '../../database/index.ts';
import { tables } from '../tables.ts';
import { lockVideo } from '../videos/write.ts';
import type { Mark, Marks } from './types.ts';

/** Of a video (docs/wire/library.md, marks). */
const MOST_MARKS = 100;
const MOST_BYTES = 1024;

export function createMarks(database: Database): Marks {
  return {
    of: marksOf,
    async put(appId, videoId, marks, now) {
      const checked = marks.map(({ atMs, content }) => ({ atMs, content: checkedContent(content) }));
      await database.transaction(async (trx) => {
        await lockVideo(trx, appId, videoId, now);
        // bounded by: the marks of a video
        const all = new Map<number, string>();
        for (const { atMs, content } of [...(await marksOf(trx, videoId)), ...checked])
          all.set(atMs, content);
        if (all.size > MOST_MARKS) {
          const message = `a video has at most ${MOST_MARKS} marks, and would have ${all.size}`;
          throw new Refused('parameter.refused', message, { field: 'marks' });
        }
        await removeMarks(
          trx,
          videoId,
          checked.map(({ atMs }) => atMs),
        );
        const added = new Map(checked.map(({ atMs, content }) => [atMs, content]));
        await tables(trx)
          .insertInto('video_marks')
          .values([...added].map(([at_ms, content]) => ({ video_id: videoId, at_ms, content })))
          .execute();
      });
    },
    async remove(appId, videoId, timesMs, now) {
      await database.transaction(async (trx) => {
        await lockVideo(trx, appId, videoId, now);
        await removeMarks(trx, videoId, timesMs);
      });
    },
  };
}

/** @throws Refused `parameter.refused` (`content`) */
function checkedContent(content: string): string {
  const checked = checkedText('content', content);
  if (Buffer.byteLength(checked) <= MOST_BYTES) return checked;
  throw new Refused('parameter.refused', `must have at most ${MOST_BYTES} bytes in UTF-8`, {
    field: 'content',
  });
}

async function marksOf(db: Executor, videoId: string): Promise<Mark[]> {
  const rows = await tables(db)
    .selectFrom('video_marks')
    .select(['at_ms', 'content'])
    .where('video_id', '=', videoId)
    .orderBy('at_ms')
    .execute();
  return rows.map(({ at_ms, content }) => ({ atMs: Number(at_ms), content }));
}

async function removeMarks(trx: Executor, videoId: string, timesMs: readonly number[]): Promise<void> {
  await tables(trx)
    .deleteFrom('video_marks')
    .where('video_id', '=', videoId)
    .where('at_ms', 'in', [...timesMs])
    .execute();
}

/** With their video. */
export async function removeAllMarks(trx: Executor, videoId: string): Promise<void> {
  await tables(trx).deleteFrom('video_marks').where('video_id', '=', videoId).execute();
}
