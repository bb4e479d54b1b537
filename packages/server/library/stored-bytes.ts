import type { Executor } from '../database/index.ts';
import { tables } from './tables.ts';

/**
 * Adds to what the files of an application take together (`by` may be negative), in the transaction that writes or removes
 * their rows: right after every crash, and read without adding anything up. It comes after the video's row and before the
 * counts, always, so that two transactions cannot wait for each other.
 */
export async function addStoredBytes(trx: Executor, appId: string, by: number): Promise<void> {
  if (by === 0) return;
  await tables(trx)
    .insertInto('stored_bytes')
    .values({ app_id: appId, bytes: by })
    .onConflict((conflict) =>
      conflict
        .column('app_id')
        .doUpdateSet((row) => ({ bytes: row('stored_bytes.bytes', '+', row.ref('excluded.bytes')) })),
    )
    .execute();
}

/** Bytes of all that the videos of an application have: sources, renditions, playlists, pictures made of them. */
export async function storedBytes(db: Executor, appId: string): Promise<number> {
  const row = await tables(db)
    .selectFrom('stored_bytes')
    .select('bytes')
    .where('app_id', '=', appId)
    .executeTakeFirst();
  return row?.bytes ?? 0;
}

/** The same of every application that ever had any, by app id. */
export async function storedBytesByApplication(db: Executor): Promise<Record<string, number>> {
  const rows = await tables(db).selectFrom('stored_bytes').selectAll().execute();
  return Object.fromEntries(rows.map(({ app_id, bytes }) => [app_id, bytes]));
}
