import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MediaError } from '../media/index.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { APP, content, createFixture } from './testing/fixture.ts';
import { openDiskTestStore } from './testing/stores.ts';

const FILE = content(1000);

const fault = (reason: 'damaged' | 'interrupted', outage: 'memory' | 'processes' | null = null) =>
  new MediaError({ stage: 'probe', reason }, undefined, { transient: reason === 'interrupted', outage });

describeOnBothDatabases('files that cannot be probed', (open) => {
  for (const [what, error] of [
    ['damaged', fault('damaged')],
    ['one that ffprobe crashes on or never comes to an end with', fault('interrupted')],
  ] as const) {
    test(`a file finishes its upload as a video without metadata: ${what}`, async () => {
      await using database = await open();
      await using opened = await openDiskTestStore();
      const it = createFixture(database, opened.store, {}, undefined, () => Promise.reject(error));
      await it.init(FILE);
      await it.part(FILE, 0, FILE.length);
      const { code, fileId } = await it.finish(FILE);
      assert.equal(code, 0);
      assert.equal((await it.library.videos.get(database.database.db, APP, fileId))?.info, null);
      assert.equal(it.emitted.length, 1);
    });
  }

  for (const outage of ['memory', 'processes'] as const) {
    test(`a machine that lacks ${outage} refuses, and the next call finishes`, async () => {
      await using database = await open();
      await using opened = await openDiskTestStore();
      const probe = async () => {
        throw probes++ === 0 ? fault('interrupted', outage) : fault('damaged');
      };
      let probes = 0;
      const it = createFixture(database, opened.store, {}, undefined, probe);
      await it.init(FILE);
      await it.part(FILE, 0, FILE.length);
      const { code, canRetry } = await it.finish(FILE);
      assert.deepEqual([code, canRetry], [-10004, 1]);
      assert.equal(it.emitted.length, 0);
      assert.equal((await it.finish(FILE)).code, 0);
    });
  }
});
