import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mock, type TestContext, test } from 'node:test';
import { pino } from 'pino';
import { DataFolder } from './data-folder.ts';

const GIB = 1024 ** 3;

/** A data folder on a disk with as much room as the test says, and the lines that it logs. */
async function open(t: TestContext) {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-folder-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const lines: string[] = [];
  const disk = { bavail: 4, bsize: GIB, files: 1e6, ffree: 1e6 };
  const statfs = mock.fn(async () => disk);
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line).msg) });
  const data = new DataFolder({ folder, minFreeBytes: GIB, log, statfs });
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  /** A second later. */
  const later = async () => {
    now += 1000;
    await data.shortage();
  };
  return { folder, data, disk, statfs, lines, later };
}

test('the disk is looked at once a second, however many ask', async (t) => {
  const { data, disk, statfs, later } = await open(t);
  assert.deepEqual(
    await Promise.all([data.shortage(), data.shortage(), data.shortage(5 * GIB)]).then((all) =>
      all.map(Boolean),
    ),
    [...[false, false], true],
  );
  disk.bavail = 0;
  assert.equal(await data.shortage(), null);
  assert.equal(statfs.mock.callCount(), 1);
  await later();
  assert.match((await data.shortage())!, /less than 1024 MiB free/);
  assert.equal(statfs.mock.callCount(), 2);
  assert.deepEqual(data.room(), { freeBytes: 0, freeFiles: 1e6 });
});

test('a shortage is told once, and so is its end', async (t) => {
  const { disk, lines, later } = await open(t);
  await later();
  disk.ffree = 3;
  for (let i = 0; i < 3; i++) await later();
  assert.deepEqual(lines, ['the disk of the data folder takes no more files: uploads and tasks wait']);
  disk.ffree = 1e6;
  for (let i = 0; i < 3; i++) await later();
  assert.deepEqual(lines.slice(1), ['there is room on the disk of the data folder again']);
});

test('a disk that does not answer has no room', async (t) => {
  const { data, statfs } = await open(t);
  statfs.mock.mockImplementation(() => Promise.reject(new Error('stale')));
  assert.match((await data.shortage())!, /does not answer/);
  assert.equal(data.room(), null);
});

test('a disk that hangs is not waited for without end, and not asked again meanwhile', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { data, statfs } = await open(t);
  const hanging = Promise.withResolvers<Awaited<ReturnType<typeof statfs>>>();
  statfs.mock.mockImplementation(() => hanging.promise);
  for (let i = 0; i < 3; i++) {
    const asked = data.shortage();
    t.mock.timers.tick(3000);
    assert.match((await asked)!, /does not answer/);
  }
  assert.equal(statfs.mock.callCount(), 1);
  hanging.resolve({ bavail: 4, bsize: GIB, files: 0, ffree: 0 });
  assert.equal(await data.shortage(), null);
});

test('what is deleted, moved or replaced is gone, and back when the same is back', async (t) => {
  const { folder, data, lines, later } = await open(t);
  const objects = path.join(folder, 'objects');
  const file = path.join(folder, 'database');
  await mkdir(objects);
  await writeFile(file, '');
  await data.watch({ name: 'database', path: file });
  await data.watch({ name: 'objects', path: objects });
  await later();
  assert.deepEqual(data.gone(), []);

  await rename(objects, `${objects}.away`);
  await later();
  assert.deepEqual(data.gone(), ['objects']);
  assert.match((await data.shortage())!, /gone from the data folder: objects/);
  await mkdir(objects);
  await writeFile(`${file}.new`, '');
  await rename(`${file}.new`, file);
  await later();
  assert.deepEqual(data.gone(), ['database', 'objects']);
  await rm(objects, { recursive: true });
  await rename(`${objects}.away`, objects);
  await later();
  assert.deepEqual(data.gone(), ['database']);
  assert.deepEqual(lines, [
    'objects: gone or replaced; nothing is acknowledged',
    'database and objects: gone or replaced; nothing is acknowledged',
    'database: gone or replaced; nothing is acknowledged',
  ]);
});
