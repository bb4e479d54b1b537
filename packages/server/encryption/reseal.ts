import type { Database } from '../database/index.ts';
import { sealedName } from './data-keys.ts';
import { seal, unseal } from './master-key.ts';
import type { MasterKeys } from './master-keys.ts';
import { tables } from './tables.ts';

/** In a transaction. */
const BATCH = 100;

/** What sealing anew came to. */
export interface Resealed {
  count: number;
  /** Master keys that are missing, and how many data keys each has sealed. */
  missing: { id: string; count: number }[];
}

/**
 * Seals with the current master key what another has sealed, as far as that one is here, and forgets those that have sealed nothing
 * any more: so a master key is changed. What cannot be opened stays as it is.
 */
export async function reseal(database: Database, masterKeys: MasterKeys): Promise<Resealed> {
  const { db } = database;
  const current = masterKeys.current;
  let count = 0;
  if (current) {
    for (const id of masterKeys.ids) {
      if (id === current.id) continue;
      for (;;) {
        const done = await resealBatch(database, masterKeys, id);
        count += done;
        if (done < BATCH) break;
      }
    }
  }
  const sealedBy = await tables(db)
    .selectFrom('data_keys')
    .select((query) => ['master_key_id as id', query.fn.countAll<number>().as('count')])
    .groupBy('master_key_id')
    .execute();
  if (current) {
    await tables(db)
      .deleteFrom('master_keys')
      .where('id', 'not in', [current.id, ...sealedBy.map(({ id }) => id)])
      .execute();
  }
  const missing = sealedBy
    .filter(({ id }) => !masterKeys.ids.includes(id))
    .map(({ id, count: sealed }) => ({ id, count: Number(sealed) }));
  return { count, missing };
}

async function resealBatch(database: Database, masterKeys: MasterKeys, from: string): Promise<number> {
  const current = masterKeys.requireCurrent();
  return database.transaction(async (trx) => {
    const rows = await tables(trx)
      .selectFrom('data_keys')
      .select(['edk', 'app_id', 'sealed'])
      .where('master_key_id', '=', from)
      .orderBy('edk')
      .limit(BATCH)
      .execute();
    for (const { edk, app_id, sealed } of rows) {
      const name = sealedName(app_id, edk);
      const bytes = unseal(masterKeys.require(from), sealed, name);
      await tables(trx)
        .updateTable('data_keys')
        .set({ master_key_id: current.id, sealed: seal(current, bytes, name) })
        .where('edk', '=', edk)
        .where('master_key_id', '=', from)
        .execute();
      bytes.fill(0);
    }
    return rows.length;
  });
}
