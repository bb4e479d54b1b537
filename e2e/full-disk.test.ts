import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ServerProcess, startServerProcess } from './harness.ts';
import { type Answer, signedQuery } from './testing/caller.ts';
import { clipOf, uniqueClip } from './testing/clips.ts';
import { mountSmallDisk, type SmallDisk } from './testing/small-disk.ts';
import { finished } from './testing/tasks.ts';
import { announcement, PART_SIZE, partAt, sha1, upload } from './testing/upload.ts';

const MIB = 1024 ** 2;
const MIN_FREE_MIB = 8;
const SETTINGS = { OPENVOD_MIN_FREE_MIB: String(MIN_FREE_MIB), OPENVOD_TRANSCODE_DEFAULTS: '10' };

/** The disk is looked at once a second. */
const NOTICED_MS = 1100;

const isRefusedForNow = ({ code, canRetry, message }: Answer) => {
  assert.deepEqual([code, canRetry], [-10004, 1], message);
};

async function readiness({ url }: ServerProcess) {
  const answer = await fetch(`${url}/readyz`);
  const body = (await answer.json()) as { checks: Record<string, { ok: boolean; why: string }> };
  return { status: answer.status, checks: body.checks };
}

/** What must go on on a disk that takes nothing: calls that read, write a little, and delete; and playback. */
async function checkTextApi({ call, url }: ServerProcess, fileId: string, name: string): Promise<void> {
  const { playSet, code, message } = await call('DescribeVodPlayUrls', { fileId });
  assert.equal(code, 0, message);
  assert.equal((await fetch(playSet[0].url)).status, 200);
  for (const [action, params] of [
    ['CreateClass', { className: name }],
    ['ModifyVodInfo', { fileId, fileName: name }],
    ['DescribeAllClass', {}],
    ['PullEvent', {}],
  ] as const) {
    const answer = await call(action, params);
    assert.ok(answer.code === 0 || action === 'PullEvent', `${action}: ${answer.code} ${answer.message}`);
  }
  const path = '/v2/index.php';
  const query = signedQuery({ method: 'GET', host: new URL(url).host, path }, { Action: 'DescribeAllClass' });
  const codes = [];
  for (let i = 0; i < 3; i++) {
    const answer = await fetch(`${url}${path}?${query}`);
    codes.push(((await answer.json()) as Answer).code);
  }
  assert.deepEqual(codes, [0, 4500, 4500], 'no replay gets through');
}

/** Deletes a video, and waits until its files are gone. */
async function checkDeletion(
  { call, url: origin }: ServerProcess,
  { fileId, url }: { fileId: string; url: string },
) {
  const deleted = await call('DeleteVodFile', { fileId, priority: 0 });
  assert.equal(deleted.code, 0, deleted.message);
  assert.equal((await call('GetVideoInfo', { fileId })).code, 10008);
  // Since a restart it listens elsewhere.
  const address = new URL(new URL(url).pathname, origin);
  while ((await fetch(address)).status !== 404) await sleep(50);
}

async function checkUploadsAreRefused({ call }: ServerProcess, half: Buffer<ArrayBuffer>, words: RegExp) {
  const begun = await call.upload('InitUpload', announcement(await uniqueClip()));
  isRefusedForNow(begun);
  assert.match(begun.message, words);
  const { params, body } = partAt(half, PART_SIZE);
  isRefusedForNow(await call.upload('UploadPart', params, body));
}

const FULL: {
  name: string;
  fill: (disk: SmallDisk) => void;
  words: RegExp;
}[] = [
  { name: 'bytes', fill: (disk) => disk.fillBytes(), words: /disk of the data folder has less than 8 MiB/ },
  { name: 'files', fill: (disk) => disk.fillFiles(), words: /disk of the data folder takes no more files/ },
];

for (const { name, fill, words } of FULL) {
  test(`a disk without ${name}: uploads and tasks wait, all else goes on, also after restarts`, async (t) => {
    const disk = mountSmallDisk({ mib: 96, files: 1000 });
    if (disk === null) return t.skip('needs the right to mount a tmpfs');
    t.after(() => disk[Symbol.asyncDispose]());
    await mkdir(disk.dataDir);
    let server = await startServerProcess(disk.dataDir, SETTINGS);
    t.after(() => server.kill9());
    const videos = [];
    for (let i = 0; i < 4; i++) videos.push(await upload(server.call, await uniqueClip(PART_SIZE)));
    const [kept, ...doomed] = videos as [(typeof videos)[0], ...typeof videos];
    const half = await uniqueClip(2 * PART_SIZE);
    assert.equal((await server.call.upload('InitUpload', announcement(half))).code, 0);
    const first = partAt(half, 0);
    assert.equal((await server.call.upload('UploadPart', first.params, first.body)).code, 0);

    fill(disk);
    await sleep(NOTICED_MS);
    await checkUploadsAreRefused(server, half, words);
    const { vodTaskId } = await server.call('ConvertVodFile', { fileId: kept.fileId });
    await checkTextApi(server, kept.fileId, 'one');
    await checkDeletion(server, doomed[0]!);
    const { status, checks } = await readiness(server);
    assert.equal(status, 200, 'it serves all the same');
    assert.deepEqual([checks.database, checks.disk?.ok], [{ ok: true }, false]);
    assert.match(checks.disk!.why, words);

    for (const [end, video] of [
      [() => server.stop(), doomed[1]!],
      [() => server.kill9(), doomed[2]!],
    ] as const) {
      await end();
      // What the deletion and the end of the process gave back.
      fill(disk);
      server = await startServerProcess(disk.dataDir, SETTINGS);
      await checkUploadsAreRefused(server, half, words);
      await checkTextApi(server, kept.fileId, `again ${video.fileId}`);
      await checkDeletion(server, video);
    }
    assert.notEqual((await server.call('GetTaskInfo', { vodTaskId })).status, 'FINISHED');

    disk.empty();
    await sleep(NOTICED_MS);
    const second = partAt(half, PART_SIZE);
    assert.equal((await server.call.upload('UploadPart', second.params, second.body)).code, 0);
    assert.equal((await server.call.upload('FinishUpload', { fileSha: sha1(half) })).code, 0);
    await finished(server.call, vodTaskId);
    const { playSet } = await server.call('DescribeVodPlayUrls', { fileId: kept.fileId });
    const definitions = playSet.map(({ definition }: { definition: number }) => definition);
    assert.ok(definitions.includes(10), 'the task that waited is done');
    assert.deepEqual((await readiness(server)).checks.disk, { ok: true });
  });
}

test('a transcode that meets the end of the disk waits, however often it tries, and goes on when there is room', async (t) => {
  const disk = mountSmallDisk({ mib: 96, files: 1000 });
  if (disk === null) return t.skip('needs the right to mount a tmpfs');
  t.after(() => disk[Symbol.asyncDispose]());
  await mkdir(disk.dataDir);
  // Definition 9 is a copy of all of it.
  const settings = { OPENVOD_MIN_FREE_MIB: '1', OPENVOD_TRANSCODE_DEFAULTS: '9' };
  const server = await startServerProcess(disk.dataDir, settings);
  t.after(() => server.kill9());
  const noise =
    '-f lavfi -i nullsrc=s=320x180:r=25:d=4,noise=alls=100:allf=t -c:v libx264 -preset ultrafast -qp 4';
  const film = await readFile(await clipOf('noise.mp4', noise));
  assert.ok(film.length > 4 * MIB && film.length < 30 * MIB, `${film.length}`);
  const { fileId } = await upload(server.call, film);

  disk.fillBytes(3 * MIB);
  await sleep(NOTICED_MS);
  const { vodTaskId } = await server.call('ConvertVodFile', { fileId });
  // More often than a fault of its own is forgiven.
  const tries = () => server.lastWords().match(/no space left|No space left/g)?.length ?? 0;
  while (tries() === 0) await sleep(100);
  await sleep(5000);
  assert.notEqual((await server.call('GetTaskInfo', { vodTaskId })).status, 'FINISHED');
  assert.equal((await server.call('CreateClass', { className: 'meanwhile' })).code, 0);

  disk.empty();
  await finished(server.call, vodTaskId);
  const { playSet } = await server.call('DescribeVodPlayUrls', { fileId });
  const definitions = playSet.map(({ definition }: { definition: number }) => definition);
  assert.ok(definitions.includes(9), JSON.stringify(playSet));
});
