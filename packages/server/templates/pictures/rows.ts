import { createHash } from 'node:crypto';
import type { Database, Executor } from '../../database/index.ts';
import { tables } from '../tables.ts';
import { pictureKey } from './address.ts';
import type { KeysInUse } from './types.ts';

/** What nothing was made of, or not any more, is kept so long: tasks that wait, or are redone, still want it. ms */
const KEPT_UNUSED_MS = 7 * 24 * 3600 * 1000;

/** How many pictures an application may have that no template names, beside those that have been forgotten. */
export const MAX_UNUSED = 100;

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

export function pictureRow(db: Executor, appId: string, id: string) {
  return tables(db)
    .selectFrom('watermark_pictures')
    .selectAll()
    .where('app_id', '=', appId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/**
 * Notes which pictures of an application no template names, and forgets those of which that has been so for a week.
 * @returns how many there are that no template names, and the objects of those that were forgotten
 */
export async function tidy(
  database: Database,
  appId: string,
  keysInUse: KeysInUse,
  now: number,
): Promise<{ unused: number; forgotten: string[] }> {
  return database.transaction(async (trx) => {
    const rows = await tables(trx)
      .selectFrom('watermark_pictures')
      .selectAll()
      .where('app_id', '=', appId)
      .execute();
    const used = await keysInUse(trx, appId);
    const change = tables(trx);
    let unused = 0;
    const forgotten: string[] = [];
    for (const row of rows) {
      const key = pictureKey(appId, row.id, row.extension);
      const unusedSince = used.has(key) ? null : (row.unused_since ?? now);
      const isOver = unusedSince !== null && now - unusedSince > KEPT_UNUSED_MS;
      // An address that nothing was sent to is worth nothing any more.
      const isEmpty = row.content_sha256 === null && row.expires_at < now;
      const here = { app_id: appId, id: row.id };
      if (isOver || isEmpty) {
        await change
          .deleteFrom('watermark_pictures')
          .where('app_id', '=', here.app_id)
          .where('id', '=', here.id)
          .execute();
        if (row.content_sha256 !== null) forgotten.push(key);
        continue;
      }
      if (unusedSince !== null) unused += 1;
      if (unusedSince === row.unused_since) continue;
      await change
        .updateTable('watermark_pictures')
        .set({ unused_since: unusedSince })
        .where('app_id', '=', here.app_id)
        .where('id', '=', here.id)
        .execute();
    }
    return { unused, forgotten };
  });
}
