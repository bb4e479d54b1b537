import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, mock, test } from 'node:test';
import { cautiousClock } from '../../common/clocks/cautious-clock.ts';
import { silentLogger } from '../../common/log.ts';
import { openDatabase } from '../../database/index.ts';
import { startPostgres } from '../../testing/postgres.ts';
import { type NonceStoreFixture, nonceStoreConformance, WINDOW_MS } from './conformance.ts';
import { PostgresNonceStore } from './postgres.ts';
import { SqliteNonceStore } from './sqlite.ts';

const NOW = 1_700_000_000_000;
const SIZE = { windowMs: WINDOW_MS, memoryBytes: 2 ** 24 };

async function sqliteFixture(): Promise<NonceStoreFixture & { dataDir: string }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'openvod-replay-'));
  const fixture = {
    dataDir,
    now: NOW,
    open: () => new SqliteNonceStore(dataDir, SIZE, () => fixture.now, silentLogger),
    [Symbol.asyncDispose]: () => rm(dataDir, { recursive: true, force: true }),
  };
  return fixture;
}

nonceStoreConformance('SQLite', sqliteFixture);

test('beyond its memory it grants nothing more, loses nothing, and goes on when the oldest have left the window', async () => {
  await using fixture = await sqliteFixture();
  const size = { windowMs: WINDOW_MS, memoryBytes: 22 * 3 };
  const open = () => new SqliteNonceStore(fixture.dataDir, size, () => fixture.now, silentLogger);
  const store = open();
  for (const name of ['a', 'b', 'c']) assert.equal(await store.claim('key', name, NOW), true);
  assert.equal(store.remembered, 3);
  await assert.rejects(store.claim('key', 'd', NOW), { name: 'Refused', kind: 'service.busy' });
  await store.close();
  fixture.now += WINDOW_MS + 600_000;
  mock.timers.enable({ apis: ['setInterval'] });
  const swept = open();
  mock.timers.tick(60_000);
  mock.timers.reset();
  assert.equal(swept.remembered, 0);
  assert.equal(await swept.claim('key', 'd', fixture.now), true);
  await swept.close();
});

const postgres = startPostgres();

async function postgresFixture(): Promise<NonceStoreFixture> {
  const database = await openDatabase(await postgres!.createDatabase(), '');
  await database.migrate();
  const fixture = {
    now: NOW,
    open: () => new PostgresNonceStore(database.db, WINDOW_MS, () => fixture.now, silentLogger),
    [Symbol.asyncDispose]: () => database.close(),
  };
  return fixture;
}

describe('PostgreSQL', { skip: postgres ? false : 'no PostgreSQL on this machine' }, () => {
  after(() => postgres?.stop());
  nonceStoreConformance('PostgreSQL', postgresFixture);

  test('of several nodes that receive the same calls at once, one is granted each', async () => {
    await using stores = await postgresFixture();
    const nodes = [stores.open(), stores.open(), stores.open()];
    const signatures = Array.from({ length: 300 }, (_, i) => `signature ${i}`);
    const claims = await Promise.all(
      nodes.flatMap((node, n) =>
        (n === 1 ? signatures.toReversed() : signatures).map((one) => node.claim('id', one, stores.now)),
      ),
    );
    assert.equal(claims.filter((granted) => granted).length, signatures.length);
    await Promise.all(nodes.map((node) => node.close()));
  });

  test('signatures outside the window are deleted, others stay', { timeout: 30_000 }, async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    await using stores = await postgresFixture();
    const store = stores.open();
    await store.claim('id', 'old', stores.now);
    await store.claim('id', 'young', stores.now + 2000);
    stores.now += WINDOW_MS + 1000;
    mock.timers.tick(60_000);
    mock.timers.reset();
    // Granted again as soon as the old row is gone; the attempt until then changes nothing.
    while (!(await store.claim('id', 'old', NOW))) await new Promise(setImmediate);
    assert.equal(await store.claim('id', 'young', NOW + 2000), false);
    await store.close();
  });
});

test('SQLite: generations outside the window leave memory and file, others stay', async () => {
  mock.timers.enable({ apis: ['setInterval'] });
  await using stores = await sqliteFixture();
  const store = stores.open();
  await store.claim('id', 'old', stores.now);
  await store.claim('id', 'young', stores.now + 1_200_000);
  stores.now += WINDOW_MS + 1_000_000;
  mock.timers.tick(60_000);
  mock.timers.reset();
  assert.equal(await store.claim('id', 'young', NOW + 1_200_000), false);
  const file = new DatabaseSync(path.join(stores.dataDir, 'replay.sqlite'), { readOnly: true });
  assert.equal(file.prepare('select count(*) as n from claims').get()!.n, 1);
  file.close();
  await store.close();
});

test('SQLite: calls of one turn share one row', async () => {
  await using stores = await sqliteFixture();
  const store = stores.open();
  await Promise.all(Array.from({ length: 50 }, (_, i) => store.claim('id', String(i), stores.now)));
  const file = new DatabaseSync(path.join(stores.dataDir, 'replay.sqlite'), { readOnly: true });
  assert.equal(file.prepare('select count(*) as n from claims').get()!.n, 1);
  file.close();
  await store.close();
});

test('SQLite: a claim that cannot be written down is not granted', async () => {
  await using stores = await sqliteFixture();
  const store = stores.open();
  const other = new DatabaseSync(path.join(stores.dataDir, 'replay.sqlite'));
  other.exec('drop table claims');
  other.close();
  await assert.rejects(store.claim('id', 'signature', stores.now), /claims/);
  await store.close();
});

/** The file takes nothing for as long as the returned object lives, as on a full disk. */
function fillUp(dataDir: string): Disposable {
  // A link to nowhere: SQLite cannot make the file, nor anybody else.
  const [file, kept] = ['replay.sqlite', 'kept'].map((name) => path.join(dataDir, name)) as [string, string];
  for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, kept + end);
  symlinkSync(path.join(dataDir, 'nowhere', 'file'), file);
  return {
    [Symbol.dispose]() {
      rmSync(file);
      for (const end of ['', '-wal', '-shm']) if (existsSync(kept + end)) renameSync(kept + end, file + end);
    },
  };
}

test('SQLite: a disk that takes nothing stops no call, no replay gets through, and all is written later', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  await using stores = await sqliteFixture();
  const before = stores.open();
  assert.equal(await before.claim('id', 'before', stores.now), true);
  await before.close();
  stores.now += 1000;

  const full = fillUp(stores.dataDir);
  const store = stores.open();
  assert.equal(await store.claim('id', 'before', NOW), false, 'signed before this process could know');
  const all = Array.from({ length: 300 }, (_, i) => `signature ${i}`);
  for (const one of all) assert.equal(await store.claim('id', one, stores.now), true);
  for (const one of all) assert.equal(await store.claim('id', one, stores.now), false);
  t.mock.timers.tick(1000);
  assert.equal(await store.claim('id', 'new', stores.now), true);
  full[Symbol.dispose]();
  t.mock.timers.tick(1000);
  assert.equal(await store.claim('id', 'before', NOW), false);
  assert.equal(await store.claim('id', 'as old, not used', NOW), true);
  await store.close();

  const next = stores.open();
  for (const one of [...all, 'new']) assert.equal(await next.claim('id', one, stores.now), false, one);
  await next.close();
});

test('SQLite: what was granted is known after kill -9', { timeout: 60_000 }, async () => {
  await using stores = await sqliteFixture();
  const script = path.join(import.meta.dirname, '../testing/claim-forever.ts');
  const child = spawn(process.execPath, [script, stores.dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += chunk;
    if (printed.length > 20_000) child.kill('SIGKILL');
  }
  const store = stores.open();
  const granted = printed.split('\n').slice(0, -1);
  for (const line of granted) {
    const [i, issuedAt] = line.split(' ').map(Number);
    assert.equal(await store.claim('id', `signature ${i}`, issuedAt!), false, line);
  }
  assert.ok(granted.length > 500);
  await store.close();
});

test('a clock that jumps ahead by hours and back lets no call in twice', async () => {
  mock.timers.enable({ apis: ['setInterval'] });
  await using stores = await sqliteFixture();
  const clock = cautiousClock(() => stores.now);
  const store = new SqliteNonceStore(stores.dataDir, SIZE, clock, silentLogger);
  assert.equal(await store.claim('id', 'one', stores.now), true);
  stores.now += 24 * 3600_000;
  mock.timers.tick(60_000);
  mock.timers.reset();
  stores.now -= 24 * 3600_000;
  assert.equal(await store.claim('id', 'one', stores.now), false);
  await store.close();
});
