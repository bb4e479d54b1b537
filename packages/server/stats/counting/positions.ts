import type { Executor } from '../../database/index.ts';
import { tables } from '../tables.ts';

/** How far the files of a node are counted, bytes by file name. */
export async function positionsOf(db: Executor, node: string): Promise<Map<string, number>> {
  const rows = await tables(db)
    .selectFrom('stats_positions')
    .select(['file', 'bytes'])
    .where('node', '=', node)
    .execute();
  return new Map(rows.map(({ file, bytes }) => [file, bytes]));
}

/**
 * Goes on from one position to the next, in the transaction that counts what lies between.
 * @throws Error when the file is counted up to another position already
 */
export async function advance(
  trx: Executor,
  node: string,
  file: string,
  from: number,
  to: number,
): Promise<void> {
  const changed =
    from === 0
      ? await tables(trx)
          .insertInto('stats_positions')
          .values({ node, file, bytes: to, filed: 0 })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
      : await tables(trx)
          .updateTable('stats_positions')
          .set({ bytes: to })
          .where('node', '=', node)
          .where('file', '=', file)
          .where('bytes', '=', from)
          .executeTakeFirst();
  const rows = 'numUpdatedRows' in changed ? changed.numUpdatedRows : changed.numInsertedOrUpdatedRows;
  if (rows !== 1n) throw new Error(`${file} is counted up to another place than ${from} already`);
}
