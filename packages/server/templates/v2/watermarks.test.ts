import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { GetWatermarkList, QueryWatermarkTemplate, QueryWatermarkTemplateList } from '@openvod/contract/v2';
import { describeOnBothDatabases } from '../../testing/databases.ts';
import { WireError } from '../../testing/wire-error.ts';
import { MAX_PICTURE_BYTES } from '../pictures/routes.ts';
import { APP, createFixture } from '../testing/fixture.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const folder = mkdtempSync(path.join(tmpdir(), 'openvod-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const pictures = { png: Buffer.alloc(0), jpg: Buffer.alloc(0), gif: Buffer.alloc(0), other: Buffer.alloc(0) };
before(() => {
  const make = (name: string, colour: string) => {
    const file = path.join(folder, name);
    const input = ['-f', 'lavfi', '-i', `color=${colour}:s=40x20`, '-frames:v', '1'];
    execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...input, file]);
    return readFileSync(file);
  };
  Object.assign(pictures, {
    png: make('a.png', 'red'),
    other: make('b.png', 'blue'),
    jpg: make('a.jpg', 'red'),
    gif: make('a.gif', 'red'),
  });
});

const code = (expected: number) => (error: unknown) => error instanceof WireError && error.code === expected;
const put = async (url: string, body: Uint8Array<ArrayBuffer> | string) =>
  (await fetch(url, { method: 'PUT', body })).status;

describeOnBothDatabases('watermarks over the wire', (open) => {
  test('a picture is sent, a template is made of it, shown, changed and deleted', async () => {
    await using opened = await open();
    await using fixture = await createFixture(opened);
    const { call, store, templates, db } = fixture;
    const now = 1_485_156_352_000;
    const { uploadUrl } = await call('ApplyUploadWatermark', { type: 'png' });
    assert.equal(await put(uploadUrl, pictures.png), 200);
    const params = { name: 'logo', url: uploadUrl, left: '20px', top: '30px', width: '100px' };
    const { definition } = await call('CreateWatermarkTemplate', params, { now });
    assert.equal(definition, 1_000_001);

    const template = await templates.get(db, APP, 'watermark', definition);
    const { imageKey, ...place } = template!.body;
    assert.deepEqual(place, {
      ...{ kind: 'image', origin: 'topLeft', x: { value: 20, unit: 'px' }, y: { value: 30, unit: 'px' } },
      ...{ width: { value: 100, unit: 'px' }, height: null },
    });
    assert.equal((await store.head(imageKey))?.size, pictures.png.length);

    const shown = await call('QueryWatermarkTemplate', { definition });
    QueryWatermarkTemplate.result.parse(shown);
    const { url, ...rest } = shown;
    const seconds = now / 1000;
    assert.deepEqual(rest, {
      ...{ definition, name: 'logo', comment: '', type: 'image', left: '20px', top: '30px', width: '100px' },
      ...{
        height: '0px',
        createTime: seconds,
        updateTime: seconds,
        create_time: seconds,
        update_time: seconds,
      },
      repeat_type: '',
    });
    assert.ok(url.endsWith(`/${imageKey}`), url);

    const change = { definition, name: 'mark', width: '12.5%', height: '10', left: '5' };
    assert.deepEqual(await call('UpdateWartermarkTemplate', change, { now: now + 5000 }), {});
    const changed = await call('QueryWatermarkTemplate', { definition });
    assert.deepEqual(
      [
        changed.name,
        changed.left,
        changed.top,
        changed.width,
        changed.height,
        changed.url,
        changed.updateTime,
      ],
      ['mark', '5%', '30px', '12.5%', '10%', url, seconds + 5],
    );

    const list = await call('QueryWatermarkTemplateList');
    QueryWatermarkTemplateList.result.parse(list);
    const times = { createTime: seconds, updateTime: seconds + 5 };
    assert.deepEqual(list, { definitionList: [{ definition, name: 'mark', comment: '', ...times }] });
    assert.deepEqual((await call('QueryWatermarkTemplateList', { name: 'logo' })).definitionList, []);
    const old = await call('GetWatermarkList');
    GetWatermarkList.result.parse(old);
    const item = { definition, id: definition, name: 'mark', url, left: 5, top: '30px' };
    assert.deepEqual(old.definitionList, [{ ...item, createTime: '2017-01-23 15:25:52' }]);

    assert.deepEqual(await call('DeleteWatermarkTemplate', { definition }), {});
    for (const action of ['Query', 'Update', 'Delete'])
      await assert.rejects(call(`${action}WatermarkTemplate`, { definition }), code(10704));
    assert.deepEqual(await call('GetWatermarkList'), { definitionList: [] });
  });

  test('are a tenth of the width in the corner when nothing is said, and have their old parameters', async () => {
    await using opened = await open();
    await using fixture = await createFixture(opened);
    const { call } = fixture;
    const { uploadUrl: url } = await call('ApplyUploadWatermark', { type: 'jpeg' });
    assert.equal(await put(url, pictures.jpg), 200);
    const placeOf = async (more: Record<string, string>) => {
      const { definition } = await call('CreateWatermarkTemplate', { url, ...more });
      const { left, top, width, height } = await call('QueryWatermarkTemplate', { definition });
      return [left, top, width, height].join(' ');
    };
    assert.equal(await placeOf({}), '0px 0px 10% 0px');
    assert.equal(await placeOf({ left: '', width: '', height: '' }), '0px 0px 10% 0px');
    assert.equal(await placeOf({ left: '10', top: '20', width_percentage: '30' }), '10% 20% 30% 0px');
    assert.equal(await placeOf({ widthPercentage: '40' }), '0px 0px 40% 0px');
    assert.equal(await placeOf({ height: '0%', type: 'image' }), '0px 0px 10% 0px');
  });

  test('that say what is wrong are refused with the code of the field, made or changed', async () => {
    await using opened = await open();
    await using fixture = await createFixture(opened);
    const { call } = fixture;
    const { uploadUrl: url } = await call('ApplyUploadWatermark', { type: 'png' });
    assert.equal(await put(url, pictures.png), 200);
    const { definition } = await call('CreateWatermarkTemplate', { url });
    const kept = await call('QueryWatermarkTemplate', { definition });
    const { uploadUrl: empty } = await call('ApplyUploadWatermark', { type: 'png' });
    const cases: [number, Record<string, string>][] = [
      [4000, { name: 'x'.repeat(65) }],
      [4000, { comment: '云'.repeat(342) }],
      [10801, { url: 'http://elsewhere.example.com/logo.png' }],
      [10801, { url: 'tb1.bdstatic.com/logo.jpg' }],
      [10801, { url: new URL('/etc/passwd', url).href }],
      [10801, { url: empty }],
      [10801, { url: url.replace(APP, '1250000002') }],
      [10801, { url: `${url.split('?')[0]}x` }],
      [10802, { type: 'video' }],
      [10803, { left: '101%' }],
      [10803, { left: '-1px' }],
      [10803, { left: '10em' }],
      [10804, { top: '4097px' }],
      [10804, { top: '1.5px' }],
      [10810, { width: '0%' }],
      [10810, { width_percentage: '101' }],
      [10811, { height: '5000px' }],
      [10811, { height: '0.5%' }],
    ];
    for (const [expected, params] of cases) {
      const what = JSON.stringify(params);
      await assert.rejects(call('CreateWatermarkTemplate', { url, ...params }), code(expected), what);
      await assert.rejects(call('UpdateWatermarkTemplate', { definition, ...params }), code(expected), what);
    }
    await assert.rejects(call('CreateWatermarkTemplate'), code(10801));
    await assert.rejects(call('UpdateWatermarkTemplate', { definition: 'x' }), code(10807));
    await assert.rejects(call('ApplyUploadWatermark', { type: 'gif' }), code(1000));
    await assert.rejects(call('ApplyUploadWatermark'), code(1000));
    assert.deepEqual(await call('QueryWatermarkTemplate', { definition }), kept);
    for (let i = 1; i < 16; i++) await call('CreateWatermarkTemplate', { url });
    await assert.rejects(call('CreateWatermarkTemplate', { url }), code(10706));
    const own = { appId: '1250000002' };
    await assert.rejects(call('QueryWatermarkTemplate', { definition }, own), code(10704));
    await assert.rejects(call('CreateWatermarkTemplate', { url }, own), code(10801));
  });

  test('an address takes one picture, of its kind, for an hour', async () => {
    await using opened = await open();
    await using fixture = await createFixture(opened);
    const { call } = fixture;
    const { uploadUrl: url } = await call('ApplyUploadWatermark', { type: 'png' });
    const sign = new URL(url).searchParams.get('sign')!;
    const [bare] = url.split('?');
    const forged = (sign[0] === 'a' ? 'b' : 'a') + sign.slice(1);
    const refused: [number, string, Uint8Array<ArrayBuffer> | string][] = [
      [403, `${bare}?sign=${forged}`, pictures.png],
      [404, bare!, pictures.png],
      [404, url.replace('.png', '.jpg'), pictures.jpg],
      [404, url.replace(APP, '1250000002'), pictures.png],
      [413, url, Buffer.alloc(MAX_PICTURE_BYTES + 1, pictures.png)],
      [415, url, pictures.jpg],
      [415, url, pictures.gif],
      [415, url, ''],
      [415, url, '#EXTM3U\nfile:///etc/passwd'],
      [415, url, pictures.png.subarray(0, 12)],
    ];
    for (const [status, address, body] of refused) assert.equal(await put(address, body), status, address);
    assert.equal(await chunked(url, MAX_PICTURE_BYTES + 1), 413);

    assert.equal(await put(`${bare}&sign=${sign}`, pictures.png), 200);
    assert.equal(await put(url, pictures.png), 200);
    assert.equal(await put(url, pictures.other), 409);
    const { uploadUrl: late } = await call('ApplyUploadWatermark', { type: 'png' });
    fixture.wait(HOUR + 1);
    assert.equal(await put(late, pictures.png), 403);
    assert.equal(await put(url, pictures.png), 403);
    await call('CreateWatermarkTemplate', { url: url.replace('http://', '') });
    await call('CreateWatermarkTemplate', { url: `${bare}&sign=${sign}` });
  });

  test('of two pictures that are sent at once to one address one is taken, and that is the one that is kept', async () => {
    await using opened = await open();
    await using fixture = await createFixture(opened);
    const { call, store, pictures: room } = fixture;
    const { uploadUrl: url } = await call('ApplyUploadWatermark', { type: 'png' });
    const sent = [pictures.png, pictures.other];
    const statuses = await Promise.all(sent.map((bytes) => put(url, bytes)));
    assert.deepEqual(statuses.toSorted(), [200, 409]);
    await using file = await store.localFile(await room.keyOf(APP, url));
    assert.deepEqual(readFileSync(file.path), sent[statuses.indexOf(200)]);
  });

  test('pictures that no template names go after a week, the others stay; a hundred may wait', async () => {
    await using opened = await open();
    await using fixture = await createFixture(opened);
    const { call, store, pictures: room } = fixture;
    const send = async (bytes: Uint8Array<ArrayBuffer>) => {
      const { uploadUrl } = await call('ApplyUploadWatermark', { type: 'png' });
      assert.equal(await put(uploadUrl, bytes), 200);
      return [uploadUrl, await room.keyOf(APP, uploadUrl)] as const;
    };
    const [used, usedKey] = await send(pictures.png);
    const [, unusedKey] = await send(pictures.other);
    const { definition } = await call('CreateWatermarkTemplate', { url: used });
    await call('ApplyUploadWatermark', { type: 'png' });
    fixture.wait(8 * DAY);
    await call('ApplyUploadWatermark', { type: 'png' });
    assert.deepEqual([await store.head(unusedKey), (await store.head(usedKey)) !== null], [null, true]);

    await call('DeleteWatermarkTemplate', { definition });
    await call('ApplyUploadWatermark', { type: 'png' });
    fixture.wait(6 * DAY);
    await call('ApplyUploadWatermark', { type: 'png' });
    assert.notEqual(await store.head(usedKey), null, 'tasks may still want it');
    fixture.wait(2 * DAY);
    await call('ApplyUploadWatermark', { type: 'png' });
    assert.equal(await store.head(usedKey), null);

    for (let i = 1; i < 100; i++) await call('ApplyUploadWatermark', { type: 'png' });
    await assert.rejects(call('ApplyUploadWatermark', { type: 'png' }), code(1000));
    fixture.wait(HOUR + 1);
    await call('ApplyUploadWatermark', { type: 'png' });
  });
});

/** Sends so many bytes without having announced how many; resolves to the status. */
function chunked(url: string, bytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'PUT' }, (response) => resolve(response.statusCode ?? 0));
    sending.on('error', reject);
    sending.end(Buffer.alloc(bytes));
    sending.flushHeaders();
  });
}
