import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { makeDataDir, startService } from './harness.ts';
import { uniqueClip } from './testing/clips.ts';
import { Inbox } from './testing/events.ts';
import { finished } from './testing/tasks.ts';
import { upload } from './testing/upload.ts';

test('events and answers have the public address of now, not that of when they came about', async (t) => {
  const dataDir = await makeDataDir();
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const under = (url: string) => ({
    dataDir,
    settings: { OPENVOD_PUBLIC_URL: url, OPENVOD_TRANSCODE_DEFAULTS: '10' },
  });

  let fileId = '';
  let before = '';
  {
    await using service = await startService(under('http://old.example.com'));
    const uploaded = await upload(service.call, await uniqueClip());
    ({ fileId, url: before } = uploaded);
    const { vodTaskId } = await service.call('ConvertVodFile', { fileId });
    await finished(service.call, vodTaskId);
  }
  assert.match(before, /^http:\/\/old\.example\.com\//);

  await using service = await startService(under('https://new.example.com/media/'));
  const now = before.replace('http://old.example.com', 'https://new.example.com/media');
  const inbox = new Inbox();
  const { fileUrl } = await inbox.waitFor(service.call, fileId, 'NewFileUpload');
  assert.equal(fileUrl, now);
  const { playSet } = await service.call('DescribeVodPlayUrls', { fileId });
  assert.equal(playSet[0].url, now);
  const complete = await inbox.waitFor(service.call, fileId, 'TranscodeComplete');
  assert.deepEqual(complete.playSet, playSet);
});
