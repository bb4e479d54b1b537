import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describeOnBothDatabases } from '../../testing/databases.ts';
import { DAY } from '../spans.ts';
import { APP, createFixture, DAY_BEGIN, delivery, OTHER_APP } from '../testing/fixture.ts';

const DAYS = 12;
const VIDEOS = 40;
const DELIVERIES = 100;
const HOST = 'media.example.com';
const apps = [APP, OTHER_APP];

describeOnBothDatabases('nodes that are killed while they write files of statistics', (open) => {
  test('every file comes to be there once, whole, and nothing else does', { timeout: 240_000 }, async () => {
    await using database = await open();
    await using fixture = await createFixture(database);
    for (let day = 0; day < DAYS; day++) {
      fixture.time.now = DAY_BEGIN + day * DAY;
      const some = Array.from({ length: DELIVERIES }, (_, n) =>
        apps.map((appId) => {
          const path = `/vod${appId}/${100 + (n % VIDEOS)}/f0.f220.m3u8`;
          return delivery({ path, startedAt: fixture.time.now + n * 1000, bytes: 1 + n });
        }),
      );
      await fixture.log(some.flat());
    }
    assert.ok(await fixture.count());
    const folder = fixture.folderOf(1);
    for (const name of await readdir(folder)) {
      if (!name.endsWith('.log')) continue;
      const file = path.join(folder, name);
      await writeFile(`${file}.gz`, gzipSync(await readFile(file)));
      await rm(file);
    }
    fixture.time.now = DAY_BEGIN + DAYS * DAY + 3 * 3600_000;

    const stored = async () => (await Array.fromAsync(fixture.store.list('stats/'))).map(({ key }) => key);
    const program = new URL('../testing/filer.ts', import.meta.url);
    // Each is killed with an object stored and not noted: of the access log at first, then of plays.
    for (const objects of [1, 2, 7, 4, 7, 7, 7, 7]) {
      const child = fork(program, [
        ...[database.dataDir, database.url ?? '', String(fixture.time.now), String(objects)],
      ]);
      const exited = once(child, 'exit');
      const [said] = await Promise.race([once(child, 'message'), exited]);
      assert.equal(said, 'stored', 'a node ended by itself');
      child.kill('SIGKILL');
      await exited;
      assert.ok((await stored()).length < 2 * apps.length * DAYS);
    }
    await fixture.fileAccessLogs();
    await fixture.writePlayFiles();

    const period = { from: DAY_BEGIN, until: DAY_BEGIN + DAYS * DAY };
    const lines = async (url: string) => String(gunzipSync((await fixture.load(url)).body)).split('\n');
    for (const appId of apps) {
      const plays = await fixture.stats.playFiles(appId, period, fixture.time.now);
      const access = await fixture.stats.accessFiles(appId, [HOST], period, fixture.time.now);
      assert.deepEqual([plays.length, access.length], [DAYS, DAYS]);
      for (const [day, { url, startsAt }] of plays.entries()) {
        assert.equal(startsAt, DAY_BEGIN + day * DAY);
        const [, ...rows] = (await lines(url)).map((line) => line.split(','));
        assert.equal(rows.filter(({ length }) => length > 1).length, VIDEOS);
        const total = rows.reduce((sum, row) => sum + Number(row[4] ?? 0), 0);
        assert.equal(total, DELIVERIES);
      }
      for (const { url } of access) {
        const text = (await lines(url)).filter((line) => line !== '');
        assert.equal(text.length, DELIVERIES);
        assert.ok(text.every((line) => line.includes(`/vod${appId}/`)));
      }
    }
    assert.equal((await stored()).length, 2 * apps.length * DAYS);
    assert.ok(!(await readdir(folder)).includes('filing'));
  });
});
