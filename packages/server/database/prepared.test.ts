import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anyTables } from '../testing/any-tables.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import type { Executor } from './executor.ts';
import { type Place, prepared } from './prepared.ts';

interface Part {
  session: string;
  offset: number;
}

let built = 0;
const partsOf = prepared((db: Executor, value: Place<Part>) => {
  built++;
  return anyTables(db)
    .selectFrom('upload_parts')
    .select(['session_id', 'offset', 'md5'])
    .where('offset', '>=', value('offset'))
    .where('session_id', '=', value('session'))
    .where('size', '=', 1)
    .where('offset', '<', value('offset'));
});
const insert = prepared((db, value: Place<Part>) =>
  anyTables(db)
    .insertInto('upload_parts')
    .values({ offset: value('offset'), session_id: value('session'), size: 1, md5: '' }),
);
const move = prepared((db, value: Place<{ by: number; session: string }>) =>
  anyTables(db)
    .updateTable('upload_parts')
    .set((eb) => ({ offset: eb('offset', '+', value('by')) }))
    .where('session_id', '=', value('session')),
);

describeOnBothDatabases('a query that is made once', (open) => {
  test('takes its values by name, a name as often as it likes, and is built once', async () => {
    await using opened = await open();
    const { db } = opened.database;
    await insert(db, { session: 'a', offset: 5 });
    built = 0;
    for (let i = 0; i < 3; i++) {
      assert.deepEqual((await partsOf(db, { session: 'a', offset: 5 })).rows, []);
    }
    assert.ok(built <= 1);
  });

  test('tells how many rows it changed, and belongs to the transaction it runs in', async () => {
    await using opened = await open();
    const { db } = opened.database;
    const count = async () => (await anyTables(db).selectFrom('upload_parts').selectAll().execute()).length;
    await assert.rejects(
      opened.database.transaction(async (trx) => {
        for (const offset of [1, 2]) await insert(trx, { session: 'a', offset });
        const { numAffectedRows } = await move(trx, { by: 10, session: 'a' });
        assert.equal(Number(numAffectedRows), 2);
        throw new Error('taken back');
      }),
      /taken back/,
    );
    assert.equal(await count(), 0);
  });
});
