import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { anyTables } from '../testing/any-tables.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { content, createFixture, sha1 } from './testing/fixture.ts';
import { openDiskTestStore, openS3TestStore } from './testing/stores.ts';

const PART = 524_288;
const FILE = content(3 * PART);

describeOnBothDatabases('uploads without space', (open) => {
  test('a full store answers canRetry, and the upload goes on when there is room again', async () => {
    await using database = await open();
    await using opened = await openS3TestStore();
    const it = createFixture(database, opened.store);
    await it.init(FILE);
    assert.equal((await it.part(FILE, 0, PART)).code, 0);
    opened.setFull?.(true);
    const { code, canRetry } = await it.part(FILE, PART, PART);
    assert.deepEqual([code, canRetry], [-10004, 1]);
    opened.setFull?.(false);
    for (const offset of [PART, 2 * PART]) assert.equal((await it.part(FILE, offset, PART)).code, 0);

    opened.setFull?.(true);
    const refused = await it.finish(FILE);
    assert.deepEqual([refused.code, refused.canRetry], [-10004, 1]);
    opened.setFull?.(false);
    assert.equal((await it.finish(FILE)).code, 0);
    assert.equal(it.emitted.length, 1);
  });

  test('before the disk is full nothing more is taken, and what is stored already can be finished', async () => {
    await using database = await open();
    await using opened = await openDiskTestStore();
    const it = createFixture(database, opened.store);
    await it.init(FILE);
    for (const offset of [0, PART]) assert.equal((await it.part(FILE, offset, PART)).code, 0);
    const whole = content(1000, 5);
    await it.init(whole);
    assert.equal((await it.part(whole, 0, 1000)).code, 0);
    const before = await opened.contents();

    it.room.shortage = 'the disk of the data folder has less than 5 MiB free';
    const image = content(1000, 7);
    for (const answer of [
      await it.init(content(1000, 6)),
      await it.part(FILE, 2 * PART, PART),
      await it.call('SmallFileUpload', smallFile(image), image),
    ]) {
      assert.deepEqual([answer.code, answer.canRetry], [-10004, 1]);
      assert.match(answer.message, /less than 5 MiB free, try again later/);
    }
    assert.deepEqual(await opened.contents(), before);
    assert.equal((await it.finish(whole)).code, 0);

    it.room.shortage = null;
    assert.equal((await it.part(FILE, 2 * PART, PART)).code, 0);
    assert.equal((await it.finish(FILE)).code, 0);
  });

  test('a full database answers canRetry, and the upload goes on when there is room again', async (t: TestContext) => {
    await using database = await open();
    if (database.url !== undefined) return t.skip('only a SQLite file can be made full');
    const { db } = database.database;
    await using opened = await openDiskTestStore();
    const it = createFixture(database, opened.store);
    await it.init(FILE);

    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(anyTables(db));
    const limit = (pages: number) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(anyTables(db));
    await limit(rows[0]!.page_count);
    const small = content(400, 9);
    const refusal = await fillUp(it, small);
    assert.deepEqual([refusal.code, refusal.canRetry], [-10004, 1]);

    await limit(1_000_000);
    for (const offset of [0, PART, 2 * PART]) assert.equal((await it.part(FILE, offset, PART)).code, 0);
    assert.equal((await it.finish(FILE)).code, 0);
  });
});

function smallFile(bytes: Buffer) {
  return {
    ...{ fileName: 'cover', fileType: 'jpg', fileSha: sha1(bytes), fileSize: String(bytes.length) },
    ...{ dataSize: String(bytes.length), extra: { usage: '1' } },
  };
}

/** Announces files until one is refused. */
async function fillUp(it: ReturnType<typeof createFixture>, bytes: Buffer) {
  for (let i = 0; i < 1000; i++) {
    bytes.writeUInt32BE(i);
    const answer = await it.init(bytes);
    if (answer.code !== 0) return answer;
  }
  throw new Error('there is room without end');
}
