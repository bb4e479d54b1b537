/** What is made again takes over the address of what was there; who has begun with that may finish, for a day. */
import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { filesBelow } from '../packages/server/testing/files.ts';
import { makeDataDir, type RunningService, startService } from './harness.ts';
import { clip, decode, picture } from './testing/clips.ts';
import { Inbox } from './testing/events.ts';
import { becomes, type Fetched, fetched, namedIn } from './testing/fetched.ts';
import { finished } from './testing/tasks.ts';
import { sha1, upload } from './testing/upload.ts';

const HOUR = 3_600_000;
const LASTING = /^public, max-age=2592000, immutable$/;
const REVALIDATED = /^public, max-age=60, must-revalidate$/;

let dataDir: string;
let service: RunningService;
let fileId: string;
let vodTaskId: string;
/** What the addresses gave at first, by their paths; segments are named by the playlist of then. */
const old = { mp4: '', playlist: '', master: '', source: '', content: new Map<string, Fetched>() };
const inbox = new Inbox();

/** The service on the same data, as an operator who changed a setting starts it again. */
async function start(preset: string, ahead = 0): Promise<void> {
  await service?.[Symbol.asyncDispose]();
  const settings = { OPENVOD_TRANSCODE_DEFAULTS: '10', OPENVOD_ENCODE_PRESET: preset };
  service = await startService({ dataDir, settings, clock: () => Date.now() + ahead });
}

const get = (path: string, headers?: Record<string, string>) => fetched(service.url + path, headers);
const pathOf = (url: string) => new URL(url).pathname + new URL(url).search;

/** Paths by definition. */
async function paths(): Promise<Map<number, string>> {
  const { playSet } = await service.call('DescribeVodPlayUrls', { fileId });
  return new Map(
    playSet.map(({ definition, url }: { definition: number; url: string }) => [definition, pathOf(url)]),
  );
}

function segmentsOf(playlist: string): string[] {
  return namedIn(old.content.get(playlist)!.bytes.toString(), `http://h${playlist}`).map(pathOf);
}

before(async () => {
  dataDir = await makeDataDir();
  await start('ultrafast');
  const bytes = await readFile(await clip({ size: '320x180', seconds: 2 }));
  ({ fileId } = await upload(service.call, Buffer.from(bytes)));
  ({ vodTaskId } = await service.call('ProcessFile', {
    fileId,
    'transcode.definition.0': 10,
    'transcode.definition.1': 210,
    'transcode.hlsMasterPlaylist': 1,
  }));
  await finished(service.call, vodTaskId);
  const first = await paths();
  old.source = first.get(0)!;
  old.mp4 = first.get(10)!;
  old.playlist = first.get(210)!;
  old.master = first.get(10_000)!;
  for (const path of first.values()) old.content.set(path, await get(path));
  for (const path of segmentsOf(old.playlist)) old.content.set(path, await get(path));
  for (const [path, { status }] of old.content) assert.equal(status, 200, path);
  await start('veryfast');
  assert.equal((await service.call('RedoTask', { vodTaskId })).code, 0);
  await finished(service.call, vodTaskId);
});
after(async () => {
  await service?.[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

describe('after RedoTask', () => {
  test('the addresses are those of before, in answers and events, and none names a run', async () => {
    const now = await paths();
    assert.deepEqual([...now.values()].sort(), [old.source, old.mp4, old.playlist, old.master].sort());
    for (const path of now.values()) assert.match(path, /^\/vod\d+\/\d+\/[a-z_0-9.]+$/);
    await inbox.waitFor(service.call, fileId, 'ProcedureStateChanged');
    while (inbox.about(fileId, 'ProcedureStateChanged').length < 2) await inbox.pull(service.call);
    for (const { processTaskList } of inbox.about(fileId, 'ProcedureStateChanged')) {
      assert.deepEqual(
        processTaskList.map(({ output }: { output: { url: string } }) => pathOf(output.url)),
        [old.mp4, old.playlist],
      );
    }
  });

  test('they give what is new, and it plays', async () => {
    for (const path of [old.mp4, old.playlist]) {
      const now = await get(path);
      assert.equal(now.status, 200);
      assert.notEqual(sha1(now.bytes), sha1(old.content.get(path)!.bytes), path);
    }
    for (const path of [old.mp4, old.playlist, old.master]) {
      assert.equal((await decode(service.url + path)).frames, 48, path);
    }
    assert.deepEqual((await get(old.source)).bytes, old.content.get(old.source)!.bytes);
  });

  test('who holds the playlist of before gets its segments, those of the run that it names', async () => {
    const before = segmentsOf(old.playlist);
    assert.ok(before.length > 0);
    const now = namedIn((await get(old.playlist)).bytes.toString(), service.url + old.playlist).map(pathOf);
    for (const path of before) {
      assert.ok(!now.includes(path), path);
      const { status, bytes } = await get(path);
      assert.equal(status, 200, path);
      assert.deepEqual(bytes, old.content.get(path)!.bytes);
    }
  });

  test('a player of the master playlist of before finds its renditions: it names no run', async () => {
    const variants = namedIn(old.content.get(old.master)!.bytes.toString(), service.url + old.master);
    assert.deepEqual(variants, [service.url + old.playlist]);
  });

  test('a download that If-Range continues ends with the file that it began with', async () => {
    const { bytes, headers } = old.content.get(old.mp4)!;
    const etag = headers.get('etag')!;
    const rest = await get(old.mp4, { range: 'bytes=1000-', 'if-range': etag });
    assert.equal(rest.status, 206);
    assert.deepEqual(rest.bytes, bytes.subarray(1000));
    assert.equal(rest.headers.get('content-range'), `bytes 1000-${bytes.length - 1}/${bytes.length}`);
    assert.equal(rest.headers.get('etag'), etag);
  });

  test('any other range is one of the new file', async () => {
    const now = await get(old.mp4);
    const etag = now.headers.get('etag')!;
    for (const more of [{}, { 'if-range': etag }] as Record<string, string>[]) {
      const part = await get(old.mp4, { range: 'bytes=1000-', ...more });
      assert.equal(part.status, 206);
      assert.deepEqual(part.bytes, now.bytes.subarray(1000));
      assert.equal(part.headers.get('etag'), etag);
    }
    const unknown = await get(old.mp4, { range: 'bytes=1000-', 'if-range': '"0123456789ab-1.other"' });
    assert.deepEqual([unknown.status, sha1(unknown.bytes)], [200, sha1(now.bytes)]);
  });

  test('caches keep what names its run, or is never made again, and ask again for the rest', async () => {
    const segment = segmentsOf(old.playlist)[0]!;
    for (const path of [segment, old.source]) {
      assert.match((await get(path)).headers.get('cache-control')!, LASTING, path);
    }
    for (const path of [old.mp4, old.playlist, old.master]) {
      const now = await get(path);
      assert.match(now.headers.get('cache-control')!, REVALIDATED, path);
      const etag = now.headers.get('etag')!;
      const unchanged = await get(path, { 'if-none-match': etag });
      assert.deepEqual([unchanged.status, unchanged.bytes.length], [304, 0], path);
      assert.equal(unchanged.headers.get('etag'), etag);
      assert.match(unchanged.headers.get('cache-control')!, REVALIDATED);
      const stale = old.content.get(path)!.headers.get('etag')!;
      const changed = await get(path, { 'if-none-match': stale });
      assert.deepEqual([changed.status, sha1(changed.bytes)], [200, sha1(now.bytes)], path);
    }
  });
});

test('another task of the same definition takes the address over too', async () => {
  const before = await get(old.mp4);
  await start('superfast');
  const { vodTaskId: other } = await service.call('ConvertVodFile', { fileId });
  const { data } = await finished(service.call, other);
  const mp4 = data.playSet.find(({ definition }: { definition: number }) => definition === 10);
  assert.equal(pathOf(mp4.url), old.mp4);
  assert.notEqual(sha1((await get(old.mp4)).bytes), sha1(before.bytes));
  // Each of the two before is still there for who began with it.
  for (const { headers, bytes } of [old.content.get(old.mp4)!, before]) {
    const rest = await get(old.mp4, { range: 'bytes=9-', 'if-range': headers.get('etag')! });
    assert.deepEqual([rest.status, sha1(rest.bytes)], [206, sha1(bytes.subarray(9))]);
  }
});

describe('a new cover', () => {
  const coverUrl = async () => (await service.call('GetVideoInfo', { fileId })).basicInfo.coverUrl;
  let taken = '';
  const gives = (url: string, bytes: Buffer) =>
    becomes(url, async () => sha1((await fetched(url)).bytes) === sha1(bytes));

  /** Resolves to its address, once that gives it. */
  async function takeCover(percent: number): Promise<string> {
    const before = taken && sha1((await fetched(taken)).bytes);
    const { vodTaskId: id } = await service.call('ProcessFile', {
      fileId,
      'coverBySnapshot.definition': 10,
      'coverBySnapshot.positionType': 'Percent',
      'coverBySnapshot.position': percent,
    });
    const { data } = await finished(service.call, id);
    assert.equal(data.errCode, 0, data.message);
    taken = data.processTaskList[0].output.imageUrl as string;
    await becomes('the new picture', async () => sha1((await fetched(taken)).bytes) !== before);
    return taken;
  }

  /** Different bytes each time: players skip what follows the picture. */
  async function uploadCover(tail: string): Promise<{ url: string; bytes: Buffer }> {
    const bytes = Buffer.concat([await readFile(await picture()), Buffer.from(tail)]);
    const file = { fileName: 'cover', fileType: 'jpg', fileSize: bytes.length, dataSize: bytes.length };
    const params = { ...file, fileSha: sha1(bytes), 'extra.usage': 1, 'extra.fileId': fileId };
    const { code, url, message } = await service.call.upload('SmallFileUpload', params, bytes);
    assert.equal(code, 0, message);
    return { url, bytes };
  }

  test('that is taken from the video keeps the address of the one before', async () => {
    const first = await takeCover(0);
    assert.equal(await takeCover(100), first);
    assert.equal(await coverUrl(), first);
    assert.match((await fetched(first)).headers.get('cache-control')!, REVALIDATED);
  });

  test('is what the address of any cover before gives, uploaded or taken from the video', async () => {
    const one = await uploadCover('1');
    await gives(one.url, one.bytes);
    assert.equal(await coverUrl(), one.url);
    const two = await uploadCover('2');
    for (const { url } of [one, two]) await gives(url, two.bytes);
    assert.match((await fetched(one.url)).headers.get('cache-control')!, REVALIDATED);

    const { bytes } = await fetched(await takeCover(50));
    for (const { url } of [one, two]) await gives(url, bytes);
    // Nothing is kept of what nobody can see any more.
    await becomes('the uploaded pictures are gone', async () => {
      const stored = await filesBelow(path.join(dataDir, 'objects'));
      return !stored.some((file) => [one, two].some(({ url }) => url.endsWith(`/${file}`)));
    });
    const three = await uploadCover('3');
    for (const { url } of [one, two, three]) await gives(url, three.bytes);
  });
});

test('after a day the files of the runs before are gone, and the addresses give what they gave', async () => {
  const now = { mp4: await get(old.mp4), playlist: await get(old.playlist) };
  await start('veryfast', 23 * HOUR);
  for (const path of segmentsOf(old.playlist)) assert.equal((await get(path)).status, 200, path);
  await start('veryfast', 25 * HOUR);
  for (const path of segmentsOf(old.playlist)) {
    await becomes(`${path} is gone`, async () => (await get(path)).status === 404);
  }
  const etag = old.content.get(old.mp4)!.headers.get('etag')!;
  const late = await get(old.mp4, { range: 'bytes=1000-', 'if-range': etag });
  assert.deepEqual([late.status, sha1(late.bytes)], [200, sha1(now.mp4.bytes)]);
  assert.deepEqual((await get(old.playlist)).bytes, now.playlist.bytes);
  for (const path of [old.mp4, old.playlist, old.master, old.source]) {
    assert.ok((await decode(service.url + path)).frames >= 48, path);
  }
});
