import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DescribeVodInfo,
  DescribeVodPlayInfo,
  DescribeVodPlayUrls,
  formatDateTime,
  GetVideoInfo,
} from '@openvod/contract/v2';
import { describeOnBothDatabases } from '../../testing/databases.ts';
import { APP, createFixture, type Fixture } from '../testing/fixture.ts';
import { newRendition, newVideo } from '../testing/media.ts';
import type { NewVideo } from '../videos/types.ts';

const FILE = '900000000000000001';
const BASE = `https://media.example.com/vod${APP}/${FILE}`;

async function create({ inTransaction, library, time }: Fixture, id = FILE, more: Partial<NewVideo> = {}) {
  await inTransaction((trx) => library.videos.create(trx, newVideo(APP, id, more), time.now));
}

describeOnBothDatabases('actions on videos', (open) => {
  test('DescribeVodPlayUrls lists the source and its renditions', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    await create(fixture);
    const saved = [10000, 210].map((definition) => newRendition(definition));
    await fixture.inTransaction((trx) => fixture.library.outputs.save(trx, APP, FILE, saved, 1));
    const answer = await fixture.call('DescribeVodPlayUrls', { fileId: FILE });
    const rendition = { vbitrate: 250_000, vheight: 180, vwidth: 320 };
    assert.deepEqual(DescribeVodPlayUrls.result.parse(answer), {
      playSet: [
        { url: `${BASE}/f0.mp4`, definition: 0, vbitrate: 752_300, vheight: 1280, vwidth: 720 },
        { url: `${BASE}/f0.f210.m3u8`, definition: 210, ...rendition },
        { url: `${BASE}/master_playlist.m3u8`, definition: 10000, ...rendition },
      ],
    });
    await assert.rejects(fixture.call('DescribeVodPlayUrls', { fileId: FILE }, '2'), { code: 10008 });
  });

  test('GetVideoInfo tells everything, in sections', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    const { call, library, inTransaction, time } = fixture;
    await call('CreateClass', { className: 'films' });
    await create(fixture, FILE, {
      classId: 1,
      tags: ['a'],
      coverKey: `vod${APP}/${FILE}/7.jpg`,
      description: 'd',
    });
    const metaData = {
      size: 1_000_000,
      container: 'mp4',
      bitrate: 800_300,
      height: 720,
      width: 1280,
      md5: FILE.padStart(32, '0'),
      duration: 10,
      videoStreamList: [{ bitrate: 752_300, height: 720, width: 1280, codec: 'h264', fps: 30 }],
      audioStreamList: [{ bitrate: 48_000, samplingRate: 44_100, codec: 'aac' }],
    };
    const before = await call('GetVideoInfo', { fileId: FILE });
    assert.deepEqual(GetVideoInfo.result.parse(before), {
      basicInfo: {
        name: `clip ${FILE}`,
        size: 1_000_000,
        duration: 10,
        description: 'd',
        status: 'normal',
        createTime: time.now / 1000,
        updateTime: time.now / 1000,
        expireTime: 0,
        classificationId: 1,
        classificationName: 'films',
        playerId: 0,
        coverUrl: `${BASE}/7.jpg`,
        type: 'mp4',
        sourceVideoUrl: `${BASE}/f0.mp4`,
        tags: ['a'],
      },
      metaData: { ...metaData, floatDuration: 10.4, rotate: 90, totalSize: 1_000_000 },
    });

    const saved = [newRendition(210)];
    await inTransaction((trx) => library.outputs.save(trx, APP, FILE, saved, time.now + 5000));
    const { transcodeInfo, ...others } = await call('GetVideoInfo', {
      fileId: FILE,
      infoFilter: { 1: 'transcodeInfo', 5: 'drm' },
    });
    assert.deepEqual(others, {});
    assert.equal(transcodeInfo.idrAlignment, 0);
    const streams = { ...metaData, height: 1280, width: 720 };
    assert.deepEqual(transcodeInfo.transcodeList[0], { ...streams, url: `${BASE}/f0.mp4`, definition: 0 });
    assert.deepEqual(transcodeInfo.transcodeList[1], {
      ...streams,
      url: `${BASE}/f0.f210.m3u8`,
      definition: 210,
      bitrate: 300_000,
      height: 180,
      width: 320,
      size: 400,
      container: 'hls,applehttp',
      md5: '0123456789abcdef0123456789abcdef',
    });
    const after = await call('GetVideoInfo', { fileId: FILE, infoFilter: 'basicInfo' });
    assert.deepEqual(Object.keys(after), ['basicInfo']);
    assert.equal(after.basicInfo.updateTime, time.now / 1000 + 5);
  });

  test('DescribeVodInfo tells of videos by their ids', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    const { call, time } = fixture;
    await create(fixture, FILE, { tags: ['a', 'b'], description: 'about' });
    await create(fixture, '16');
    const answer = await call('DescribeVodInfo', { fileIds: { 1: FILE } });
    assert.deepEqual(DescribeVodInfo.result.parse(answer), {
      totalCount: 1,
      fileSet: [
        {
          fileId: FILE,
          fileName: `clip ${FILE}`,
          fileIntro: 'about',
          size: '1000000',
          duration: '10',
          status: '2',
          vid: `${APP}_00000000000000000c7d713b49da0001`,
          createTime: formatDateTime(time.now),
          updateTime: formatDateTime(time.now),
          classId: '0',
          className: '其他',
          imageUrl: '',
          tags: ['a', 'b'],
          description: 'about',
          cdnStatus: 2,
        },
      ],
    });
    const several = await call('DescribeVodInfo', { fileIds: { 0: '16', 1: '404', 2: FILE }, classId: '7' });
    assert.deepEqual(
      several.fileSet.map(({ fileId }: { fileId: string }) => fileId),
      ['16', FILE],
    );
    assert.equal(several.totalCount, 2);
    await assert.rejects(call('DescribeVodInfo', { fileIds: { 0: '404' } }), { code: 10008 });
    await assert.rejects(call('DescribeVodInfo', { fileIds: { 0: FILE } }, '2'), { code: 10008 });
  });

  test('DescribeVodInfo lists videos by time, class and status, in pages', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    const { call, time, inTransaction, library } = fixture;
    await call('CreateClass', { className: 'films' });
    const start = Date.UTC(2025, 0, 1, 16);
    for (let n = 0; n < 25; n++) {
      time.now = start + n * 1000 + 300;
      await create(fixture, String(100 + n), { classId: n % 2 });
      if (n === 4)
        await inTransaction((trx) =>
          library.videos.change(trx, APP, '104', { status: 'transcoding' }, time.now),
        );
    }
    const all = Array.from({ length: 25 }, (_, n) => String(100 + n));
    const list = async (params: Record<string, string>) => {
      const { totalCount, fileSet } = await call('DescribeVodInfo', params);
      return [totalCount, fileSet.map(({ fileId }: { fileId: string }) => fileId)];
    };
    assert.deepEqual(await list({}), [25, all.slice(0, 10)]);
    assert.deepEqual(await list({ pageNo: '0' }), [25, all.slice(0, 10)]);
    assert.deepEqual(await list({ pageNo: '3' }), [25, all.slice(20)]);
    assert.deepEqual(await list({ pageNo: '4' }), [25, []]);
    assert.deepEqual(await list({ orderby: '1', pageSize: '12' }), [25, all.toReversed().slice(0, 12)]);
    assert.deepEqual(await list({ pageSize: '500' }), [25, all]);
    assert.deepEqual(await list({ status: '4' }), [1, ['104']]);
    assert.deepEqual(await list({ status: '4', classId: '1' }), [0, []]);
    assert.deepEqual(await list({ status: '6' }), [0, []]);
    assert.deepEqual(await list({ classId: '99' }), [0, []]);
    const odd = all.filter((id) => Number(id) % 2 === 1);
    assert.deepEqual(await list({ classId: '1', pageSize: '100' }), [12, odd]);
    // Both ends of the window belong to it, to the second.
    const window = { from: '2025-01-02 00:00:03', to: '2025-01-02 00:00:05' };
    assert.deepEqual(await list(window), [3, ['103', '104', '105']]);
    assert.deepEqual(await list({ ...window, classId: '0', status: '2' }), [0, []]);
    assert.deepEqual(await list({ from: '2025-01-02 00:00:24' }), [1, ['124']]);
    assert.deepEqual(await list({ from: '2025-01-03 00:00:00', to: '2025-01-02 00:00:00' }), [0, []]);
    assert.deepEqual(await list({ pageNo: '9007199254740991', pageSize: '100' }), [25, []]);
  });

  test('DescribeVodPlayInfo finds videos by the beginning of their names', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    await create(fixture, FILE, { name: 'abc', coverKey: `vod${APP}/${FILE}/7.jpg` });
    await create(fixture, '2', { name: 'xabc' });
    const { image_url, ...file } = (await fixture.call('DescribeVodPlayInfo', { fileName: 'ab' })).fileSet[0];
    assert.equal(image_url, `${BASE}/7.jpg`);
    const answer = { totalCount: 1, fileSet: [file] };
    assert.deepEqual(DescribeVodPlayInfo.result.parse(answer), {
      totalCount: 1,
      fileSet: [
        {
          fileId: FILE,
          fileName: 'abc',
          duration: 10,
          status: '2',
          imageUrl: `${BASE}/7.jpg`,
          playSet: [{ url: `${BASE}/f0.mp4`, definition: 0, vbitrate: 752_300, vheight: 1280, vwidth: 720 }],
        },
      ],
    });
    assert.deepEqual(await fixture.call('DescribeVodPlayInfo', { fileName: 'abcd' }), {
      totalCount: 0,
      fileSet: [],
    });
  });

  test('ModifyVodInfo changes what is sent and nothing else', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    const { call, library, db, time } = fixture;
    await call('CreateClass', { className: 'films' });
    await create(fixture, FILE, { description: 'old' });
    const before = await library.videos.get(db, APP, FILE);
    const changed = { ...before };
    for (const [params, change] of [
      [{ fileName: '新 name' }, { name: '新 name' }],
      [{ fileIntro: 'new', className: 'ignored' }, { description: 'new' }],
      [{ fileName: '', fileIntro: '', classId: '' }, {}],
      [{ classId: '1' }, { classId: 1 }],
      [{ expireTime: '2017-10-01 00:00:00' }, { expiresAt: Date.UTC(2017, 8, 30, 16) }],
      [{ expireTime: '2017-10-01 00:00:00', expireTimeStamp: '5' }, { expiresAt: 5000 }],
      [{ fileName: 'x' }, { name: 'x' }],
      [{ expireTimeStamp: '0' }, { expiresAt: null }],
    ] as const) {
      time.now += 1000;
      assert.deepEqual(await call('ModifyVodInfo', { fileId: FILE, ...params }), {});
      Object.assign(changed, change, { updatedAt: time.now });
      assert.deepEqual(await library.videos.get(db, APP, FILE), changed);
    }
    await assert.rejects(call('ModifyVodInfo', { fileId: FILE, classId: '9', fileName: 'y' }), {
      code: 1905,
    });
    await assert.rejects(call('ModifyVodInfo', { fileId: FILE, fileName: 'y\u0000' }), { code: 1000 });
    await assert.rejects(call('ModifyVodInfo', { fileId: '404', fileName: 'y' }), { code: 10008 });
    await assert.rejects(call('ModifyVodInfo', { fileId: FILE, fileName: 'y' }, '2'), { code: 10008 });
    assert.deepEqual(await library.videos.get(db, APP, FILE), changed);
  });

  test('tags come and go, repeatedly and at the same time', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    const { call } = fixture;
    await create(fixture, FILE, { tags: ['测试 1'] });
    const tags = async () => (await call('GetVideoInfo', { fileId: FILE })).basicInfo.tags;
    await call('CreateVodTags', { fileId: FILE, tags: { 1: 'testTag1', 2: '标签' } });
    await call('CreateVodTags', { fileId: FILE, tags: { 0: '标签' } });
    assert.deepEqual(await tags(), ['测试 1', 'testTag1', '标签']);
    await call('DeleteVodTags', { fileId: FILE, tags: { 1: '测试 1', 2: 'absent' } });
    assert.deepEqual(await tags(), ['testTag1', '标签']);
    const many = Array.from({ length: 8 }, (_, n) => `t${n}`);
    await Promise.all(many.map((tag) => call('CreateVodTags', { fileId: FILE, tags: { 0: tag } })));
    assert.deepEqual((await tags()).toSorted(), ['testTag1', '标签', ...many].toSorted());
    await assert.rejects(call('CreateVodTags', { fileId: FILE, tags: { 0: 'a b' } }), { code: 1000 });
    await assert.rejects(call('CreateVodTags', { fileId: '404', tags: { 0: 'a' } }), { code: 10008 });
    await assert.rejects(call('DeleteVodTags', { fileId: '404', tags: { 0: 'a' } }), { code: 10008 });
    const tooMany = Object.fromEntries(Array.from({ length: 95 }, (_, n) => [n, `n${n}`]));
    await assert.rejects(call('CreateVodTags', { fileId: FILE, tags: tooMany }), { code: 1000 });
    assert.equal((await tags()).length, 10);
  });
});
