import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { accessLine } from '../delivery/access-log/line.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { DAY } from './spans.ts';
import { APP, createFixture, DAY_BEGIN, delivery } from './testing/fixture.ts';

const KILLS = 8;
const LINES = 400;

describeOnBothDatabases('nodes that are killed while they count', (open) => {
  test('every delivery that their access logs have is counted once', { timeout: 240_000 }, async () => {
    await using database = await open();
    await using fixture = await createFixture(database);
    const written = { requests: 0, bytes: 0, plays: 0 };
    // SQLite has one server a folder.
    const nodes = database.url === undefined ? [1] : [1, 2];

    /** Lines in pieces that end anywhere, as a write that a kill met, or that is just going on. */
    async function write(node: number, round: number): Promise<void> {
      const file = path.join(
        fixture.folderOf(node),
        `20180301${String(round).padStart(2, '0')}_media.example.com.log`,
      );
      for (let n = 0; n < LINES; n++) {
        const one = delivery({
          startedAt: DAY_BEGIN + (((round * LINES + n) * 977_000) % DAY),
          path: `/vod${APP}/${100 + (n % 37)}/f0.f220.m3u8`,
          clientIp: `192.0.2.${n % 200}`,
          bytes: 1 + n,
        });
        written.requests += 1;
        written.bytes += one.bytes;
        written.plays += 1;
        const line = accessLine(one);
        const cut = (n * 31) % line.length;
        await appendFile(file, line.slice(0, cut));
        await appendFile(file, line.slice(cut));
      }
    }

    async function live(node: number): Promise<void> {
      const folder = fixture.folderOf(node);
      await mkdir(folder, { recursive: true });
      const program = new URL('./testing/node.ts', import.meta.url);
      for (let kill = 0; kill < KILLS; kill++) {
        const child = fork(program, [folder, database.dataDir, database.url ?? '']);
        const exited = once(child, 'exit');
        const writing = write(node, kill);
        await Promise.race([once(child, 'message'), exited]);
        assert.equal(child.exitCode, null, 'a node ended by itself');
        // Another moment each time.
        await sleep(Math.random() * 40);
        child.kill('SIGKILL');
        await Promise.all([exited, writing]);
      }
    }
    await Promise.all(nodes.map(live));
    for (const node of nodes) assert.ok(await fixture.count(node));

    const period = { from: DAY_BEGIN, until: DAY_BEGIN + DAY };
    const hosts = ['media.example.com'];
    const [requests] = await fixture.stats.totals(APP, hosts, period, 'requests');
    const [bytes] = await fixture.stats.totals(APP, hosts, period, 'bytes');
    const page = { by: 'plays' as const, descending: true, skip: 0, take: 100 };
    const byDay = await fixture.stats.list(APP, period, page);
    const byHour = await fixture.stats.list(
      APP,
      { from: period.from + 3600_000, until: period.until - 3600_000 },
      page,
    );
    const edges = await Promise.all(
      [
        { from: period.from, until: period.from + 3600_000 },
        { from: period.until - 3600_000, until: period.until },
      ].map((edge) => fixture.stats.list(APP, edge, page)),
    );
    assert.deepEqual({ requests: requests?.value, bytes: bytes?.value, plays: byDay.plays }, written);
    assert.equal(byDay.bytes, written.bytes);
    assert.equal(
      [byHour, ...edges].reduce((sum, { plays }) => sum + plays, 0),
      written.plays,
    );
    const [slots] = await fixture.stats.series(APP, hosts, period, 300_000, 'requests', period.until);
    assert.equal(
      slots?.points.reduce((sum, { value }) => sum + value, 0),
      written.requests,
    );
  });
});
