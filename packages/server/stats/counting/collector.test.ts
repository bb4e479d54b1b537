import assert from 'node:assert/strict';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { silentLogger } from '../../common/log.ts';
import type { Database } from '../../database/index.ts';
import { AccessLog } from '../../delivery/access-log/access-log.ts';
import { parseAccessLine } from '../../delivery/index.ts';
import { describeOnBothDatabases, type TestDatabase } from '../../testing/databases.ts';
import { UNKNOWN_PLACE } from '../geo/names.ts';
import { DAY } from '../spans.ts';
import { APP, createFixture, DAY_BEGIN, delivery, OTHER_APP } from '../testing/fixture.ts';
import { Collector } from './collector.ts';

const HOUR = 3600_000;

/** A database whose next transaction can be made to fail: before it begins, or after it has committed. */
function faulty(database: Database) {
  const next = { fault: null as 'before' | 'after' | null };
  const transaction: Database['transaction'] = async (work) => {
    const { fault } = next;
    next.fault = null;
    if (fault === 'before') throw new Error('away');
    const result = await database.transaction(work);
    if (fault === 'after') throw new Error('lost while it committed');
    return result;
  };
  return { next, database: { ...database, transaction } };
}

/** A node whose processes come and go. */
async function createNode(opened: TestDatabase, folder: string) {
  await mkdir(folder, { recursive: true });
  const { next, database } = faulty(opened.database);
  const time = { now: DAY_BEGIN };
  const apps = new Set([APP]);
  const start = () => {
    const collector = new Collector({
      ...{ folder, database, log: silentLogger, placeOf: () => UNKNOWN_PLACE, ours: new Set<string>() },
      applications: async () => new Set(apps),
    });
    const log = new AccessLog({ folder, clock: () => time.now, log: silentLogger, reader: collector });
    return { collector, log };
  };
  return { next, time, apps, start, process: start() };
}

/** Requests and bytes of each application that the log has, compressed or not. */
async function logged(folder: string): Promise<Record<string, [number, number]>> {
  const sums: Record<string, [number, number]> = { [APP]: [0, 0], [OTHER_APP]: [0, 0] };
  for (const name of await readdir(folder)) {
    const file = await readFile(path.join(folder, name));
    if (!/\.log(\.gz)?$/.test(name)) continue;
    for (const line of String(name.endsWith('.gz') ? gunzipSync(file) : file).split('\n')) {
      const access = parseAccessLine(line);
      const sum = sums[access?.path.split('/')[1]?.slice(3) ?? ''];
      if (!access || !sum) continue;
      sum[0] += 1;
      sum[1] += access.bytes;
    }
  }
  return sums;
}

const STEPS = [
  'add',
  'add',
  'add',
  'addOther',
  'flush',
  'flush',
  'flush',
  'collect',
  'both',
  'before',
  'after',
  'kill',
  'hour',
  'newApp',
] as const;

describeOnBothDatabases('counting along with the access log', (open) => {
  test('the lag is the time since all there was could be counted', async () => {
    await using opened = await open();
    const { next, process } = await createNode(opened, path.join(opened.dataDir, 'log'));
    const { collector, log } = process;
    log.add(delivery());
    await log.flush();
    const begun = performance.now();
    assert.ok(await collector.collect());
    assert.ok(collector.lagMs <= performance.now() - begun);
    const counted = performance.now();
    log.add(delivery());
    await log.flush();
    next.fault = 'before';
    assert.equal(await collector.collect(), false);
    const since = performance.now() - counted;
    assert.ok(collector.lagMs >= since);
    assert.ok(await collector.collect());
  });

  test('whatever fails and whoever is killed, what is counted is what the log has', async () => {
    let round = 0;
    await using opened = await open();
    await using fixture = await createFixture(opened);
    const step = fc.tuple(
      fc.constantFrom(...STEPS),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom('a', 'b', 'c'),
    );
    const before: Record<string, [number, number]> = { [APP]: [0, 0], [OTHER_APP]: [0, 0] };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const folder = path.join(opened.dataDir, `live-${round++}`);
        const node = await createNode(opened, folder);
        let n = 0;
        for (const [what, count, domain] of steps) {
          const { collector, log } = node.process;
          const add = (appId: string) => {
            for (let i = 0; i < count; i++) {
              log.add(
                delivery({ domain: `${domain}.example.com`, path: `/vod${appId}/${n}/f0.m3u8`, bytes: ++n }),
              );
            }
          };
          if (what === 'add') add(APP);
          else if (what === 'addOther') for (const appId of [OTHER_APP, APP]) add(appId);
          else if (what === 'flush') await log.flush();
          else if (what === 'collect') await collector.collect();
          else if (what === 'both') await Promise.all([log.flush(), collector.collect(), log.flush()]);
          else if (what === 'hour') node.time.now += HOUR;
          else if (what === 'newApp') node.apps.add(OTHER_APP);
          else if (what === 'kill') node.process = node.start();
          else node.next.fault = what;
        }
        const { log, collector } = node.process;
        // An application counts from when there is one; what was asked for before that is nobody's.
        await log.flush();
        node.next.fault = null;
        assert.ok(await collector.collect());
        const expected = await logged(folder);
        for (const [appId, sums] of Object.entries(before)) {
          const period = { from: DAY_BEGIN, until: DAY_BEGIN + DAY };
          const figures: number[] = [];
          for (const measure of ['requests', 'bytes'] as const) {
            const totals = await fixture.stats.totals(appId, [], period, measure);
            figures.push(totals.reduce((sum, { value }) => sum + value, 0));
          }
          const [requests = 0, bytes = 0] = figures;
          const counted = [requests - sums[0], bytes - sums[1]];
          before[appId] = [requests, bytes];
          if (appId === APP) assert.deepEqual(counted, expected[appId]);
          else assert.ok(counted[0]! <= expected[appId]![0]);
        }
      }),
      { numRuns: opened.url === undefined ? 60 : 20 },
    );
  });

  test('lines are counted as they are added, and a new application from its first on', async () => {
    await using opened = await open();
    await using fixture = await createFixture(opened);
    const folder = path.join(opened.dataDir, 'live');
    const node = await createNode(opened, folder);
    const { log, collector } = node.process;
    // Who asks for its id while it is made gets the one that is kept.
    const ids = await Promise.all([collector.node(), collector.node(), collector.collect()]);
    assert.deepEqual(ids, [ids[0], ids[0], true]);
    assert.equal(await node.start().collector.node(), ids[0]);
    const requests = async (appId: string) => {
      const period = { from: DAY_BEGIN, until: DAY_BEGIN + DAY };
      const totals = await fixture.stats.totals(appId, [], period, 'requests');
      return totals.reduce((sum, { value }) => sum + value, 0);
    };
    log.add(delivery());
    await log.flush();
    const [name] = (await readdir(folder)).filter((one) => one.endsWith('.log'));
    const { length } = await readFile(path.join(folder, name!));
    assert.equal(await collector.isRead(name!, length), false);
    assert.ok(await collector.collect());
    assert.equal(await collector.isRead(name!, length), true);
    assert.equal(await requests(APP), 1);
    // The flush that follows one that could not be counted along is read, too.
    log.add(delivery({ path: `/vod${OTHER_APP}/7/f0.mp4` }));
    await log.flush();
    log.add(delivery());
    await log.flush();
    node.apps.add(OTHER_APP);
    assert.ok(await collector.collect());
    assert.deepEqual([await requests(APP), await requests(OTHER_APP)], [2, 1]);
  });
});
