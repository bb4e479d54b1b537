import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as turn } from 'node:timers/promises';
import type { ObjectStore } from '../storage/index.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { APP, content, createFixture, sha1 } from './testing/fixture.ts';
import { openDiskTestStore } from './testing/stores.ts';

/** A store whose files are not at hand before `open`: who finishes an upload waits there, to be probed. */
function slowStore(store: ObjectStore) {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const slow: ObjectStore = Object.create(store, {
    localFile: {
      value: async (key: string) => {
        await opened;
        return store.localFile(key);
      },
    },
    assembly: { value: (id: string) => store.assembly(id) },
    delete: { value: (key: string) => store.delete(key) },
  });
  return { slow, open };
}

describeOnBothDatabases('uploads to be finished', (openDatabase) => {
  test('few uploads are finished at once, some wait, the rest is told to come again, and whoever leaves does not wait', async () => {
    await using database = await openDatabase();
    await using disk = await openDiskTestStore();
    const { slow, open } = slowStore(disk.store);
    const it = createFixture(database, slow, { finishing: { atOnce: 2, mayWait: 2 } });
    const files = [1, 2, 3, 4, 5].map((seed) => content(1000 + seed, seed));
    for (const file of files) {
      await it.init(file);
      assert.equal((await it.part(file, 0, file.length)).code, 0);
    }
    const begun = [it.finish(files[0]!), it.finish(files[1]!)];
    while (it.uploads.load().finishing < 2) await turn(5);
    const leaving = new AbortController();
    const waiting = it.finish(files[2]!);
    const left = it.uploads.generation1.finish(
      { appId: APP, sha1: sha1(files[3]!) },
      it.time.now,
      leaving.signal,
    );
    while (it.uploads.load().finishesWaiting < 2) await turn(5);
    // Who asks for what is under way, or waits, needs no place.
    const again = [it.finish(files[0]!), it.finish(files[2]!)];

    const refused = await it.finish(files[4]!);
    assert.deepEqual([refused.code, refused.canRetry], [-10004, 1]);
    leaving.abort(new Error('left'));
    await assert.rejects(left, { message: 'left' });
    assert.deepEqual([it.uploads.load().finishing, it.uploads.load().finishesWaiting], [2, 1]);
    const late = it.finish(files[4]!);

    open();
    for (const answer of await Promise.all([...begun, waiting, ...again, late])) {
      assert.equal(answer.code, 0, answer.message);
    }
    assert.equal((await it.finish(files[3]!)).code, 0, 'what was left is finished when somebody asks again');
    await it.uploads.stop();
  });
});
