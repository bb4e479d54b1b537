/** The cover that every video gets by itself, as those see it who upload. */
import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDataDir, startServerProcess, startService } from './harness.ts';
import type { Caller } from './testing/caller.ts';
import { clipOf, uniqueClip } from './testing/clips.ts';
import { upload } from './testing/upload.ts';

const ON = { OPENVOD_AUTOMATIC_COVERS: 'on' };

/** Resolves to the address of the cover, once there is one. */
async function coverOf(call: Caller, fileId: string): Promise<string> {
  for (;;) {
    const { basicInfo } = await call('GetVideoInfo', { fileId });
    if (basicInfo.coverUrl !== '') return basicInfo.coverUrl;
    await sleep(50);
  }
}

test('an uploaded video gets a cover that nobody asked for, and nothing else tells of it', async () => {
  await using service = await startService({ settings: ON });
  const { call } = service;
  const { fileId } = await upload(call, await uniqueClip());
  const url = await coverOf(call, fileId);
  assert.match(url, /\/coverBySnapshot\/coverBySnapshot_0_0\.jpg$/);
  const response = await fetch(url);
  assert.equal(response.headers.get('content-type'), 'image/jpeg');
  const bytes = Buffer.from(await response.arrayBuffer());
  assert.deepEqual([bytes[0], bytes[1]], [0xff, 0xd8]);
  const { data } = await call('GetTaskList', { fileId });
  assert.deepEqual(
    data.flatMap(({ taskList }: { taskList: unknown[] }) => taskList),
    [],
  );
  const { eventList } = await call('PullEvent');
  assert.deepEqual(
    eventList.map(({ eventContent }: { eventContent: { eventType: string } }) => eventContent.eventType),
    ['NewFileUpload'],
  );
});

test('sound gets none, and a video after it does', async () => {
  await using service = await startService({ settings: ON });
  const { call } = service;
  const song = await readFile(await clipOf('song.m4a', '-f lavfi -i sine=d=1 -c:a aac'));
  const first = await upload(call, Buffer.from(song), { fileType: 'm4a' });
  const second = await upload(call, await uniqueClip());
  await coverOf(call, second.fileId);
  assert.equal((await call('GetVideoInfo', { fileId: first.fileId })).basicInfo.coverUrl, '');
});

test('a server that is killed after the upload takes the cover when it is back', async (t) => {
  const dataDir = await makeDataDir();
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const killed = await startServerProcess(dataDir, ON);
  const { fileId } = await upload(killed.call, await uniqueClip());
  await killed.kill9();
  const server = await startServerProcess(dataDir, ON);
  t.after(() => server.kill9());
  await coverOf(server.call, fileId);
});
