/** What players load is what statistics say, by way of the access log of the running service. */
import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { makeDataDir, type StartOptions, startService } from './harness.ts';
import type { Answer, Params } from './testing/caller.ts';
import { uniqueClip } from './testing/clips.ts';
import { finished } from './testing/tasks.ts';
import { upload } from './testing/upload.ts';

const HOUR = 3600_000;
const dayOf = (ms: number) => new Date(ms + 8 * HOUR).toISOString().slice(0, 10);

test('figures, lists and files of what was uploaded, transcoded and played', async (t) => {
  const dataDir = await makeDataDir();
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  // At noon, so that no day ends meanwhile.
  let ahead = 12 * HOUR - ((Date.now() + 8 * HOUR) % (24 * HOUR));
  const start = (settings: StartOptions['settings'] = {}) =>
    startService({
      dataDir,
      clock: () => Date.now() + ahead,
      settings: { OPENVOD_REPLAY_WINDOW: '86400', OPENVOD_TRANSCODE_DEFAULTS: '210', ...settings },
    });
  const today = dayOf(Date.now() + ahead);
  const played = { bytes: 0, requests: 0 };
  let fileId = '';
  let appId = '';

  {
    await using service = await start();
    const bytes = await uniqueClip();
    const made = await upload(service.call, bytes, { fileName: 'holiday' });
    fileId = made.fileId;
    const { vodTaskId } = await service.call('ConvertVodFile', { fileId });
    await finished(service.call, vodTaskId);
    const load = async (url: string, headers: Record<string, string> = {}) => {
      const body = Buffer.from(await (await fetch(url, { headers })).arrayBuffer());
      played.bytes += body.length;
      played.requests += 1;
      return body;
    };
    await load(made.url, { Range: 'bytes=0-999' });
    await load(made.url, { Range: 'bytes=1000-' });
    const { playSet } = await service.call('DescribeVodPlayUrls', { fileId });
    const { url: playlist } = playSet.find((one: Answer) => one.definition === 210);
    const text = String(await load(playlist, { 'User-Agent': 'a phone (Android)' }));
    const [segment] = /^[^#\s].*$/m.exec(text)!;
    await load(String(new URL(segment, playlist)));

    const { data: user } = await service.call('GetUserStatus');
    appId = user.appId;
    assert.deepEqual([user.status, user.createTime.slice(0, 10)], ['normal', today]);
    assert.deepEqual((await service.call('RegisterVod')).data, { appId, isNew: 0 });
    assert.deepEqual((await service.call('GetVodFileCount')).data, { count: 1 });
    const { data: storage } = await service.call('DescribeVodStorage');
    assert.ok(storage.used_space > bytes.length, 'the source, and what was made of it');
    assert.deepEqual((await service.call('DescribeStorage', { startDate: 'whatever' })).data, storage);
    const { data: transcoded } = await service.call('DescribeTranscodeStat', {
      startDate: today,
      endDate: today,
    });
    const { basicInfo } = await service.call('GetVideoInfo', { fileId });
    const list = [{ format: 'h264', duration: basicInfo.duration, count: 1 }];
    assert.deepEqual(transcoded, [{ date: today, list }]);
    await service.call('DeleteVodFile', { fileId, priority: 0 });
    assert.deepEqual((await service.call('GetVodFileCount')).data, { count: 0 });
  }

  {
    await using service = await start();
    const days = { startDate: today, endDate: today };
    const total = async (statType: string) => {
      const { data } = await service.call('DescribeCdnStat', { ...days, statType, 'hosts.0': '127.0.0.1' });
      return data[0].domesticValue;
    };
    assert.deepEqual(
      { bytes: await total('flux'), requests: await total('requests'), visitors: await total('ip_visits') },
      { ...played, visitors: 1 },
    );
    const { data: hosts } = await service.call('DescribeVodHosts');
    assert.deepEqual(
      hosts.map(({ host }: Answer) => host),
      ['127.0.0.1'],
    );
    const plays = await service.call('GetVodFileStatInfo', { from: today, to: today });
    assert.deepEqual(
      [plays.totalCount, plays.totalPlayTimes, plays.totalFlux, plays.list[0].fileId],
      [1, 2, played.bytes, fileId],
    );
  }

  // The next day, when its files are there.
  ahead += 30 * HOUR;
  const folder = path.join(dataDir, 'access-log');
  {
    await using _service = await start();
    while (!(await readdir(folder)).some((name) => name.endsWith('.log.gz'))) await sleep(20);
  }
  await using service = await start();
  const call = (action: string, params: Params) =>
    service.call(action, { ...params, Timestamp: Math.floor((Date.now() + ahead) / 1000) });
  const filesOf = async (action: string, params: Params, list: (answer: Answer) => Answer[]) => {
    for (;;) {
      const answer = await call(action, params);
      assert.equal(answer.code, 0, answer.message);
      const found = list(answer);
      if (found.length > 0) return found;
      await sleep(20);
    }
  };
  const logs = await filesOf('GetCdnLogList', { startDate: today, endDate: today }, ({ data }) => data);
  const texts = await Promise.all(
    logs.map(async ({ url }) => String(gunzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())))),
  );
  assert.equal(texts.join('').trimEnd().split('\n').length, played.requests);
  assert.ok(texts.join('').includes(`/vod${appId}/${fileId}/`));
  const days = await filesOf('GetPlayStatLogList', { from: today, to: today }, ({ fileList }) => fileList);
  const response = await fetch(days[0]!.url);
  assert.equal(response.headers.get('content-type'), 'application/gzip');
  const [, row] = String(gunzipSync(Buffer.from(await response.arrayBuffer()))).split('\n');
  assert.deepEqual(row?.split(',').slice(0, 4), [today, fileId, '1', String(played.bytes)]);
  assert.equal((await fetch(days[0]!.url.replace('sign=', 'sign=0'))).status, 403);
});
