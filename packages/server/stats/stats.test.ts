import assert from 'node:assert/strict';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { accessLine } from '../delivery/access-log/line.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { DAY, HOUR, SLOT } from './spans.ts';
import { APP, createFixture, DAY_BEGIN, delivery, OTHER_APP } from './testing/fixture.ts';

const HOST = 'media.example.com';
const TODAY = { startDate: '2018-03-01', endDate: '2018-03-01' };
const phone = 'Mozilla/5.0 (iPhone)';
const segment = `/vod${APP}/100/0123456789ab-1/f0.f220.ts`;

describeOnBothDatabases('statistics of traffic', (open) => {
  test('sums, peaks, shares and visitors, by day and over time', async () => {
    await using database = await open();
    await using fixture = await createFixture(database);
    await fixture.log([
      delivery({ fromMemory: true }),
      delivery({ startedAt: DAY_BEGIN + 1000, clientIp: '192.0.2.2', bytes: 2000 }),
      delivery({ startedAt: DAY_BEGIN + 30 * SLOT, bytes: 300_000, path: segment }),
      delivery({ startedAt: DAY_BEGIN + 30 * SLOT, bytes: 50, status: 404, path: `/vod${APP}/9/x.mp4` }),
      delivery({ domain: 'other.example.com', bytes: 7 }),
    ]);
    assert.ok(await fixture.count());
    const total = async (statType: string, more = {}) => {
      const { data } = await fixture.call('DescribeCdnStat', {
        ...TODAY,
        statType,
        hosts: { 0: HOST },
        ...more,
      });
      return data;
    };
    const one = (domesticValue: number) => [{ host: HOST, domesticValue }];
    assert.deepEqual(await total('flux'), one(303_050));
    assert.deepEqual(await total('requests'), one(4));
    assert.deepEqual(await total('hitrate'), one(2500));
    assert.deepEqual(await total('ip_visits'), one(2));
    assert.deepEqual(await total('bandwidth'), one(Math.round((300_050 * 8) / 300)));
    assert.deepEqual(await total('flux', { hosts: undefined }), [
      { host: HOST, domesticValue: 303_050 },
      { host: 'other.example.com', domesticValue: 7 },
      { host: 'public.example.com', domesticValue: 0 },
    ]);

    const points = async (statType: string, interval: string) => {
      const params = { ...TODAY, statType, interval, hosts: { 0: HOST } };
      const { data } = await fixture.call('DescribeCdnDetailStat', params);
      assert.equal(data.interval, Number(interval));
      const [{ domesticData }] = data.hostData;
      for (const [n, { timeStamp }] of domesticData.entries()) {
        assert.equal(timeStamp, DAY_BEGIN / 1000 + n * Number(interval) * 60);
      }
      return domesticData.map(({ value }: { value: number }) => value);
    };
    const sparse = (length: number, values: Record<number, number>) =>
      Array.from({ length }, (_, n) => values[n] ?? 0);
    // The day is half over.
    assert.deepEqual(await points('flux', '5'), sparse(144, { 0: 3000, 30: 300_050 }));
    assert.deepEqual(await points('flux', '30'), sparse(24, { 0: 3000, 5: 300_050 }));
    assert.deepEqual(await points('flux', '60'), sparse(12, { 0: 3000, 2: 300_050 }));
    assert.deepEqual(await points('requests', '120'), sparse(6, { 0: 2, 1: 2 }));
    assert.deepEqual(await points('ip_visits', '30'), sparse(24, { 0: 2, 5: 1 }));
    assert.deepEqual(await points('bandwidth', '120'), sparse(6, { 0: 80, 1: 8001 }));
    assert.deepEqual(await points('hitrate', '60'), sparse(12, { 0: 5000 }));

    const week = { startDate: '2018-02-23', endDate: '2018-03-01', statType: 'flux', interval: '5' };
    const { data } = await fixture.call('DescribeCdnDetailStat', {
      ...week,
      hosts: { 0: HOST.toUpperCase() },
    });
    assert.equal(data.interval, 1440);
    assert.deepEqual(
      data.hostData[0].domesticData.map(({ value }: { value: number }) => value),
      [0, 0, 0, 0, 0, 0, 303_050],
    );
  });

  test('what lasts is spread over the five minutes that it lasted through, to the byte', async () => {
    await using database = await open();
    await using fixture = await createFixture(database);
    await fixture.log([delivery({ startedAt: DAY_BEGIN + SLOT / 2, durationMs: 2 * SLOT, bytes: 1001 })]);
    await fixture.count();
    const [{ points = [] } = {}] = await fixture.stats.series(
      ...([
        APP,
        [HOST],
        { from: DAY_BEGIN, until: DAY_BEGIN + 4 * SLOT },
        SLOT,
        'bytes',
        fixture.time.now,
      ] as const),
    );
    assert.deepEqual(
      points.map(({ value }) => value),
      [250, 501, 250, 0],
    );
    const [{ points: requests = [] } = {}] = await fixture.stats.series(
      ...([
        APP,
        [HOST],
        { from: DAY_BEGIN, until: DAY_BEGIN + DAY },
        DAY,
        'requests',
        fixture.time.now,
      ] as const),
    );
    assert.deepEqual(
      requests.map(({ value }) => value),
      [1],
    );
  });

  test('a day is that of UTC+8', async () => {
    await using database = await open();
    await using fixture = await createFixture(database);
    await fixture.log([delivery({ startedAt: DAY_BEGIN - 1 }), delivery({ startedAt: DAY_BEGIN, bytes: 5 })]);
    await fixture.count();
    const { data } = await fixture.call('DescribeCdnStat', {
      ...TODAY,
      statType: 'flux',
      hosts: { 0: HOST },
    });
    assert.deepEqual(data, [{ host: HOST, domesticValue: 5 }]);
  });

  test('an application has its own figures, and one that there is not has none', async () => {
    await using database = await open();
    await using fixture = await createFixture(database);
    await fixture.log([
      delivery(),
      delivery({ path: `/vod${OTHER_APP}/200/f0.mp4`, bytes: 5 }),
      delivery({ path: '/vod77/200/f0.mp4', bytes: 9 }),
      delivery({ path: '/elsewhere', bytes: 9 }),
    ]);
    await fixture.count();
    for (const [appId, value] of [
      [APP, 1000],
      [OTHER_APP, 5],
      ['77', 0],
    ] as const) {
      const asked = { ...TODAY, statType: 'flux', hosts: { 0: HOST } };
      const { data } = await fixture.call('DescribeCdnStat', asked, appId);
      assert.deepEqual(data, [{ host: HOST, domesticValue: value }]);
      const list = await fixture.call('GetVodFileStatInfo', { from: '2018-03-01', to: '2018-03-01' }, appId);
      assert.equal(list.totalFlux, value);
    }
  });

  test('names that nothing is delivered under are no domains, and there is an end of domains', async () => {
    await using database = await open();
    await using fixture = await createFixture(database);
    await fixture.log([
      delivery({ domain: 'guessed.example.com', status: 404, bytes: 1 }),
      ...Array.from({ length: 70 }, (_, n) => delivery({ domain: `h${n}.example.com`, bytes: 1 })),
      delivery({ domain: 'public.example.com', bytes: 1 }),
    ]);
    await fixture.count();
    const { data: hosts } = await fixture.call('DescribeVodHosts');
    const names = hosts.map(({ host }: { host: string }) => host);
    assert.ok(names.includes('public.example.com'));
    assert.ok(!names.includes('guessed.example.com'));
    assert.ok(names.includes('other'));
    assert.ok(names.length <= 66, `${names.length}`);
    assert.deepEqual(hosts[0], {
      host: 'h0.example.com',
      status: 'online',
      firstDate: '2018-03-01',
      lastDate: '2018-03-01',
    });
    const { data } = await fixture.call('DescribeCdnStat', { ...TODAY, statType: 'requests' });
    const all = [...data].reduce((sum: number, { domesticValue }) => sum + domesticValue, 0);
    assert.equal(all, 72, 'nothing is left out: what is not told apart is other');
  });

  test('limits of what may be asked', async () => {
    await using database = await open();
    await using fixture = await createFixture(database);
    const codes = async (name: string, params: Record<string, unknown>) =>
      fixture.call(name, params).then(
        () => 0,
        ({ code }) => code,
      );
    const ask = { ...TODAY, statType: 'flux' };
    const hosts = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [n, `h${n}.example.com`]));
    for (const [more, stat, detail] of [
      [{}, 0, 0],
      [{ hosts: hosts(20) }, 0, 0],
      [{ hosts: hosts(21) }, 17011, 17011],
      [{ hosts: { 0: 'a/b' } }, 17010, 17010],
      [{ hosts: { 0: 'x'.repeat(101) } }, 17010, 17010],
      [{ statType: 'clicks' }, 17012, 17012],
      [{ statType: 'constructor' }, 17012, 17012],
      [{ startDate: '2018-02-30' }, 17013, 17015],
      [{ startDate: '2018-03-01 00:00:00' }, 17013, 17015],
      [{ startDate: 'yesterday' }, 17013, 17015],
      [{ startDate: '2017-12-01' }, 0, 0],
      [{ startDate: '2017-11-30' }, 17013, 17015],
      [{ endDate: '2018-02-28' }, 1000, 17015],
      [{ endDate: 'x' }, 1000, 17015],
      [{ endDate: '2038-01-01' }, 0, 0],
    ] as const) {
      assert.equal(await codes('DescribeCdnStat', { ...ask, ...more }), stat, JSON.stringify(more));
      assert.equal(await codes('DescribeCdnDetailStat', { ...ask, ...more }), detail, JSON.stringify(more));
    }
    const day = { date: '2018-03-01', statType: 'flux' };
    for (const [more, code] of [
      [{}, 0],
      [{ date: '2017-12-31' }, 0],
      [{ date: '2017-12-30' }, 17015],
      [{ date: '1' }, 17015],
      [{ statType: 'hitrate' }, 17012],
      [{ hosts: hosts(21) }, 17011],
      [{ hosts: { 0: ' ' } }, 17010],
      [{ regionNames: { 0: 'Inner Mongoria' }, ispNames: { 0: 'Oevrsea Isp' } }, 0],
      [{ regionNames: { 0: 'Inner Mongolia' } }, 1000],
      [{ ispNames: { 0: 'toString' } }, 1000],
    ] as const) {
      assert.equal(
        await codes('DescribeCdnRegionIspDetailStat', { ...day, ...more }),
        code,
        JSON.stringify(more),
      );
    }
  });

  test('regions and carriers of clients, and what is said without a database of them', async () => {
    await using database = await open();
    const china = { region: 'Guangdong', carrier: 'China Mobile' };
    const placeOf = (ip: string) =>
      ip === '192.0.2.1' ? china : { region: 'Oversea', carrier: 'Oevrsea Isp' };
    const geo = { knows: { regions: true, carriers: true }, placeOf, refresh: async () => {} };
    await using fixture = await createFixture(database, { geo });
    await fixture.log([
      delivery(),
      delivery({ startedAt: DAY_BEGIN + 2 * SLOT, bytes: 300 }),
      delivery({ clientIp: '198.51.100.1' }),
    ]);
    await fixture.count();
    const ask = { date: '2018-03-01', statType: 'flux', hosts: { 0: HOST } };
    const { data } = await fixture.call('DescribeCdnRegionIspDetailStat', {
      ...ask,
      regionNames: { 0: 'Guangdong' },
    });
    assert.deepEqual(data, {
      statType: 'flux',
      regionsKnown: 1,
      ispsKnown: 1,
      hostData: [
        {
          host: HOST,
          regionIspData: [
            {
              regionEngName: 'Guangdong',
              regionZhName: '广东',
              ispEngName: 'China Mobile',
              ispZhName: '中国移动',
              statData: [
                { timeStamp: DAY_BEGIN / 1000, value: 1000 },
                { timeStamp: DAY_BEGIN / 1000 + 600, value: 300 },
              ],
            },
          ],
        },
      ],
    });
    const all = await fixture.call('DescribeCdnRegionIspDetailStat', { ...ask, statType: 'bandwidth' });
    assert.deepEqual(
      all.data.hostData[0].regionIspData.map((one: Record<string, unknown>) => [
        one.regionEngName,
        one.ispEngName,
      ]),
      [
        ['Guangdong', 'China Mobile'],
        ['Oversea', 'Oevrsea Isp'],
      ],
    );
    assert.equal(all.data.hostData[0].regionIspData[0].statData[0].value, Math.round(8000 / 300));
    const none = await fixture.call('DescribeCdnRegionIspDetailStat', {
      ...ask,
      ispNames: { 0: 'China Telecom' },
    });
    assert.deepEqual(none.data.hostData, [{ host: HOST, regionIspData: [] }]);

    await using unknowing = await createFixture(database);
    const { data: unknown } = await unknowing.call('DescribeCdnRegionIspDetailStat', ask);
    assert.deepEqual([unknown.regionsKnown, unknown.ispsKnown], [0, 0]);
  });
});

describeOnBothDatabases('statistics of plays', (open) => {
  test('plays and traffic by video, by hours and by days, sorted and paged', async () => {
    await using database = await open();
    await using fixture = await createFixture(database);
    const mp4 = (id: number, more = {}) =>
      delivery({ path: `/vod${APP}/${id}/f0.mp4`, status: 206, ...more });
    await fixture.log([
      delivery(),
      delivery({ path: segment, bytes: 5000 }),
      mp4(200, { range: 'bytes=0-99', startedAt: DAY_BEGIN - HOUR }),
      mp4(200, { range: 'bytes=100-', startedAt: DAY_BEGIN - HOUR }),
      mp4(200, { userAgent: phone }),
      mp4(200, { startedAt: DAY_BEGIN + 5 * HOUR }),
      mp4(300, { bytes: 9_000_000, range: 'bytes=5-' }),
    ]);
    await fixture.count();
    const list = async (params: Record<string, unknown>) => {
      const { list, ...sums } = await fixture.call('GetVodFileStatInfo', params);
      return {
        ...sums,
        list: list.map((one: Record<string, unknown>) => [one.fileId, one.playTimes, one.flux]),
      };
    };
    assert.deepEqual(await list({ from: '2018-02-28', to: '2018-03-01' }), {
      totalCount: 3,
      totalPlayTimes: 4,
      totalFlux: 9_010_000,
      list: [
        ['300', 0, 9_000_000],
        ['100', 1, 6000],
        ['200', 3, 4000],
      ],
    });
    assert.deepEqual(
      (await list({ from: '2018-03-01', to: '2018-03-01', orderBy: 'flux', orderType: '1' })).list,
      [
        ['300', 0, 9_000_000],
        ['100', 1, 6000],
        ['200', 2, 2000],
      ],
    );
    const byHours = { from: '2018-02-28 23:30:00', to: '2018-03-01 04:59:59', searchName: '200' };
    assert.deepEqual((await list(byHours)).list, [['200', 2, 3000]]);
    assert.deepEqual(
      (await list({ ...byHours, from: '2018-03-01 05:00:00', to: '2018-03-01 05:00:00' })).list,
      [['200', 1, 1000]],
    );
    const second = { from: '2018-02-28', to: '2018-03-01', orderType: '1', pageNo: '2', pageSize: '1' };
    assert.deepEqual((await list(second)).list, [['100', 1, 6000]]);
    const none = await list({ from: '2018-03-01', to: '2018-03-01', searchName: 'nobody' });
    assert.deepEqual(none, { totalCount: 0, totalPlayTimes: 0, totalFlux: 0, list: [] });

    const top = async (host?: string) =>
      (await fixture.call('DescribePlayStatTopFiles', { date: '2018-03-01', host })).data.map(
        ({ fileId, playTimes }: Record<string, unknown>) => [fileId, playTimes],
      );
    assert.deepEqual(await top(''), [
      ['200', 2],
      ['100', 1],
    ]);
    assert.deepEqual(await top(HOST), await top());
    assert.deepEqual(await top('elsewhere.example.com'), []);
    await assert.rejects(fixture.call('DescribePlayStatTopFiles', { date: '2017-11-30' }), { code: 17015 });
    await assert.rejects(fixture.call('DescribePlayStatTopFiles', { date: '2018-03-01', host: '?' }), {
      code: 17010,
    });
    for (const wrong of [{ from: 'x' }, { to: 'x' }, { from: '2017-11-30' }, { to: '2018-02-01' }]) {
      const asked = { from: '2018-03-01', to: '2018-03-01', ...wrong };
      await assert.rejects(fixture.call('GetVodFileStatInfo', asked), { code: 1000 }, JSON.stringify(wrong));
    }
  });

  test('what is known of the videos, by name, too', async () => {
    await using database = await open();
    await using fixture = await createFixture(database);
    await fixture.inTransaction((trx) =>
      fixture.library.videos.create(
        trx,
        {
          ...{ id: '100', appId: APP, name: 'holiday', type: 'mp4', size: 47_890, sha1: 'a'.repeat(40) },
          ...{ sourceKey: `vod${APP}/100/f0.mp4`, sourceType: 'ServerUpload', info: null },
        },
        DAY_BEGIN,
      ),
    );
    await fixture.log([delivery(), delivery({ path: `/vod${APP}/200/f0.mp4` })]);
    await fixture.count();
    const asked = { from: '2018-03-01', to: '2018-03-01' };
    const { list } = await fixture.call('GetVodFileStatInfo', { ...asked, searchName: 'holiday' });
    const stat = { fileId: '100', name: 'holiday', size: 47_890, duration: 0, playTimes: 1, flux: 1000 };
    assert.deepEqual(list, [{ ...stat, createTime: '2018-03-01 00:00:00' }]);
    assert.equal((await fixture.call('GetVodFileStatInfo', { ...asked, searchName: 'holi' })).totalCount, 0);
    const { data } = await fixture.call('DescribePlayStatTopFiles', { date: '2018-03-01' });
    assert.deepEqual(data[1], {
      ...{ fileId: '200', name: '', size: 0, duration: 0, createTime: '', playTimes: 1, flux: 1000 },
    });
  });
});

describeOnBothDatabases('files of statistics', (open) => {
  test('the plays of a day, in a file of its own, made anew when a node counts late', async () => {
    await using database = await open();
    await using fixture = await createFixture(database);
    await fixture.log([
      delivery({ userAgent: phone }),
      delivery({ domain: 'other.example.com', clientIp: '192.0.2.2' }),
      delivery({ path: segment, bytes: 5000 }),
      delivery({ path: `/vod${OTHER_APP}/7/f0.mp4` }),
    ]);
    await fixture.count();
    const list = async (appId = APP) =>
      (await fixture.call('GetPlayStatLogList', { from: '2018-02-28', to: '2018-03-02' }, appId)).fileList;
    fixture.time.now = DAY_BEGIN + DAY + 3 * HOUR - 1;
    await fixture.writePlayFiles();
    assert.deepEqual(await list(), [], 'the day is just over');
    fixture.time.now += 1;
    await fixture.writePlayFiles();
    const [file, ...more] = await list();
    assert.deepEqual([file.date, more], ['2018-03-01', []]);
    const loaded = await fixture.load(file.url);
    assert.deepEqual([loaded.status, loaded.headers['content-type']], [200, 'application/gzip']);
    const header = 'date,file_id,ip_count,flux,play_times_total,play_times_pc,play_times_mobile\n';
    assert.equal(String(gunzipSync(loaded.body)), `${header}2018-03-01,100,2,7000,2,1,1\n`);

    await fixture.log([delivery({ path: `/vod${APP}/300/f0.mp3` })], 2);
    await fixture.count(2);
    await fixture.writePlayFiles();
    const again = await fixture.load((await list())[0].url);
    assert.equal(
      String(gunzipSync(again.body)),
      `${header}2018-03-01,100,2,7000,2,1,1\n2018-03-01,300,1,1000,1,1,0\n`,
    );
    const [others] = await list(OTHER_APP);
    assert.match(String(gunzipSync((await fixture.load(others.url)).body)), /\n2018-03-01,7,1,1000,1,1,0\n$/);
    assert.deepEqual(await list('77'), []);
    assert.deepEqual(fixture.written, ['plays', 'plays', 'plays']);
  });

  test('an address is good for one file and one day', async () => {
    await using database = await open();
    await using fixture = await createFixture(database);
    await fixture.log([delivery(), delivery({ path: `/vod${OTHER_APP}/7/f0.mp4` })]);
    await fixture.count();
    fixture.time.now += DAY;
    await fixture.writePlayFiles();
    const asked = { from: '2018-03-01', to: '2018-03-01' };
    const [{ url }] = (await fixture.call('GetPlayStatLogList', asked)).fileList;
    const status = async (address: string) => (await fixture.load(address)).status;
    assert.equal(await status(url), 200);
    assert.equal(await status(url.replace(APP, OTHER_APP)), 403);
    assert.equal(await status(url.replace('/plays/', '/access/')), 403);
    assert.equal(await status(url.replace('20180301', '20180302')), 403);
    assert.equal(await status(url.replace(/t=[0-9a-f]+/, 't=ffffffff')), 403);
    assert.equal(await status(url.replace(/&sign=.*/, '')), 403);
    assert.equal(await status(url.split('?')[0]!), 403);
    fixture.time.now += 24 * HOUR;
    assert.equal(await status(url), 200);
    fixture.time.now += 1000;
    assert.equal(await status(url), 403);
    for (const [from, to] of [
      ['2018-01-01', '2018-03-02'],
      ['x', '2018-03-02'],
      ['2018-03-02', 'x'],
      ['2018-03-02', '2018-03-01'],
    ]) {
      await assert.rejects(fixture.call('GetPlayStatLogList', { from, to }), { code: 1000 });
    }
  });

  test('the access log, by application: nobody sees what others delivered', async () => {
    await using database = await open();
    const china = { region: 'Guangdong', carrier: 'China Mobile' };
    const geo = { knows: { regions: true, carriers: true }, placeOf: () => china, refresh: async () => {} };
    await using fixture = await createFixture(database, { geo });
    const mine = [delivery(), delivery({ path: segment })];
    const theirs = delivery({ path: `/vod${OTHER_APP}/7/f0.mp4`, referer: 'http://secret.example.com' });
    await fixture.log([mine[0]!, theirs, mine[1]!, delivery({ path: '/vod77/7/f0.mp4' })]);
    await fixture.count();
    const asked = { startDate: '2018-03-01', endDate: '2018-03-01' };
    await fixture.fileAccessLogs();
    assert.deepEqual((await fixture.call('GetCdnLogList', asked)).data, [], 'the hour is not over');
    const file = path.join(fixture.folderOf(1), `2018030112_${HOST}.log`);
    await writeFile(`${file}.gz`, gzipSync(await readFile(file)));
    await rename(file, `${file}.gone`);
    for (let repeated = 0; repeated < 2; repeated++) await fixture.fileAccessLogs();

    assert.deepEqual(fixture.written, ['access', 'access']);
    const { data } = await fixture.call('GetCdnLogList', { ...asked, host: HOST });
    assert.equal(data.length, 1);
    const [{ url, name, size, ...times }] = data;
    assert.deepEqual(times, {
      ...{ host: HOST, date: '2018-03-01' },
      ...{ startTime: '2018-03-01 12:00:00', endTime: '2018-03-01 12:59:59' },
    });
    const { body, status } = await fixture.load(url);
    assert.deepEqual([status, body.length], [200, size]);
    assert.match(name, /^2018030112_media\.example\.com_[0-9a-f]{8}\.log\.gz$/);
    const placed = mine.map((one) => accessLine(one).replace(' 0 0 ', ' 4 1046 '));
    assert.equal(String(gunzipSync(body)), placed.join(''));
    const [other] = (await fixture.call('GetCdnLogList', asked, OTHER_APP)).data;
    assert.match(
      String(gunzipSync((await fixture.load(other.url)).body)),
      /^\S+ \S+ \S+ \/vod1500000002\/.*\n$/,
    );
    assert.deepEqual((await fixture.call('GetCdnLogList', asked, '77')).data, []);
    assert.deepEqual(
      (await fixture.call('GetCdnLogList', { ...asked, hosts: { 0: 'x.example.com' } })).data,
      [],
    );
    await assert.rejects(fixture.call('GetCdnLogList', { ...asked, host: '?' }), { code: 17010 });
    await assert.rejects(fixture.call('GetCdnLogList', { ...asked, startDate: '2018-01-29' }), {
      code: 17015,
    });
  });
});

describeOnBothDatabases('what statistics keep', (open) => {
  test('figures and files go when they are old, and only then', async () => {
    await using database = await open();
    await using fixture = await createFixture(database);
    await fixture.log([delivery(), delivery({ startedAt: DAY_BEGIN + DAY })]);
    await fixture.count();
    fixture.time.now = DAY_BEGIN + DAY + 3 * HOUR;
    await fixture.writePlayFiles();
    const bytes = async () => {
      const period = { from: DAY_BEGIN - DAY, until: DAY_BEGIN + 2 * DAY };
      const [total] = await fixture.stats.totals(APP, [HOST], period, 'bytes');
      return total?.value;
    };
    const files = () =>
      fixture.stats.playFiles(APP, { from: DAY_BEGIN, until: DAY_BEGIN + DAY }, fixture.time.now);
    const [{ url } = { url: '' }] = await files();
    await fixture.forgetOld();
    assert.deepEqual([await bytes(), (await files()).length], [2000, 1]);
    fixture.time.now = DAY_BEGIN + 32 * DAY;
    await fixture.forgetOld();
    assert.deepEqual([await bytes(), (await files()).length], [2000, 0]);
    assert.equal((await fixture.load(url)).status, 403);
    const kept: string[] = [];
    for await (const { key } of fixture.store.list('')) kept.push(key);
    assert.deepEqual(kept, []);
    fixture.time.now = DAY_BEGIN + 92 * DAY + HOUR;
    await fixture.forgetOld();
    assert.equal(await bytes(), 1000);
    fixture.time.now += 2 * DAY;
    await fixture.forgetOld();
    assert.equal(await bytes(), 0);
    assert.deepEqual(
      (await fixture.stats.hosts(APP)).map(({ host }) => host),
      ['public.example.com'],
    );
  });
});
