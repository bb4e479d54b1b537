import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { setTimeout as turn } from 'node:timers/promises';
import { anyTables } from '../../testing/any-tables.ts';
import type { UploadConfig } from '../index.ts';
import { APP, content, type Fixture, md5, sha1 } from './fixture.ts';

type Opened = Fixture & AsyncDisposable & { contents(): Promise<string[]> };

export type OpenUploads = (config?: Partial<UploadConfig>) => Promise<Opened>;

const PART = 524_288;
const FILE = content(3 * PART + 1000);
const OFFSETS = [0, PART, 2 * PART, 3 * PART];
const HOUR = 3600_000;

/** What holds of uploads on every database and store. `open` makes an empty service. */
export function describeUploads(open: OpenUploads): void {
  const sendAll = async ({ part }: Fixture, bytes = FILE, offsets = OFFSETS) => {
    const answers = await Promise.all(offsets.map((offset) => part(bytes, offset, PART)));
    for (const answer of answers) assert.equal(answer.code, 0, answer.message);
  };
  const stored = async ({ store }: Fixture, url: string) =>
    buffer(await store.read(url.replace('https://media.example.com/', '')));

  test('a file goes in as parts and comes out as a video with its event', async () => {
    await using it = await open();
    assert.deepEqual(await it.init(FILE, { fileName: 'sunset', tag: { 1: 'a', 2: 'b' }, classId: '0' }), {
      code: 0,
    });
    await sendAll(it, FILE, OFFSETS.toReversed());
    const answer = await it.finish(FILE);
    assert.equal(answer.code, 0);
    assert.equal(answer.url, `https://media.example.com/vod${APP}/${answer.fileId}/f0.mp4`);
    assert.ok((await stored(it, answer.url)).equals(FILE));
    const video = await it.library.videos.get(it.database.db, APP, answer.fileId);
    assert.deepEqual(
      [video?.name, video?.tags, video?.size, video?.sha1, video?.type, video?.sourceType],
      ['sunset', ['a', 'b'], FILE.length, sha1(FILE), 'mp4', 'ServerUpload'],
    );
    assert.deepEqual(it.emitted, [
      {
        appId: APP,
        eventType: 'NewFileUpload',
        data: {
          status: 0,
          message: '',
          fileId: answer.fileId,
          fileName: 'sunset',
          coverUrl: '',
          fileUrl: answer.url,
          author: '',
          sourceType: 'ServerUpload',
          sourceContext: '',
          streamId: '',
        },
      },
    ]);
    assert.deepEqual(await it.contents(), [video?.sourceKey]);
  });

  test('isScreenshot alone starts a task flow, which the event names', async () => {
    await using it = await open();
    await it.init(FILE, { isScreenshot: '1' });
    await sendAll(it);
    const { fileId } = await it.finish(FILE);
    const { procedureTaskId, transcodeTaskId } = it.emitted[0]?.data ?? {};
    assert.deepEqual([procedureTaskId, transcodeTaskId], [`${APP}-Procedure-${fileId}`, undefined]);
  });

  test('isTranscode starts the default transcode and the event names its task', async () => {
    await using it = await open();
    await it.init(FILE, { isTranscode: '1' });
    await sendAll(it);
    const { fileId } = await it.finish(FILE);
    assert.deepEqual(it.transcodes, [fileId]);
    assert.equal(it.emitted[0]?.data.transcodeTaskId, `transcode-${fileId}`);
  });

  test('a watermark and a procedure are what they were when the upload began, and the event names the task', async () => {
    await using it = await open();
    const wishes = { isTranscode: '1', isWatermark: '1', procedure: 'Wanted()' };
    it.defaultWatermark.body = { kind: 'image' };
    assert.equal((await it.init(FILE, wishes)).code, 0);
    it.defaultWatermark.body = null;
    await sendAll(it);
    const { fileId } = await it.finish(FILE);
    assert.deepEqual(it.started, [
      { videoId: fileId, watermark: { definition: 1, body: { kind: 'image' } } },
      { videoId: fileId, procedure: { call: 'Wanted()', jobs: [], options: {} } },
    ]);
    const { data } = it.emitted[0]!;
    assert.deepEqual(
      [data.transcodeTaskId, data.procedureTaskId],
      [`transcode-${fileId}`, `procedure-${fileId}`],
    );
  });

  const sequential = (
    { call }: Fixture,
    bytes: Buffer,
    offset: number,
    more: Record<string, unknown> = {},
  ) => {
    const body = bytes.subarray(offset, offset + Number(more.dataSize ?? PART));
    const about = { fileName: 'old', fileSha: sha1(bytes), fileSize: String(bytes.length), fileType: 'mp4' };
    const place = { offset: String(offset), dataSize: String(body.length) };
    return call('MultipartUploadVodFile', { ...about, ...place, ...more } as never, body);
  };

  test('MultipartUploadVodFile: who obeys the answers has sent all of the file, once', async () => {
    await using it = await open();
    const offsets: number[] = [];
    let answer = await sequential(it, FILE, 0, { tags: { 1: '测试' }, isTranscode: '1', classId: '0' });
    while (answer.flag === 0) {
      offsets.push(Number(answer.offset));
      // What is said with later parts does not count.
      answer = await sequential(it, FILE, Number(answer.offset), { fileName: 'other', isTranscode: '0' });
    }
    assert.deepEqual([offsets, answer.code, answer.flag], [OFFSETS.slice(1), 0, 1]);
    const video = await it.library.videos.get(it.database.db, APP, answer.fileId);
    assert.deepEqual(
      [video?.name, video?.tags, video?.size, video?.sha1, video?.sourceType],
      ['old', ['测试'], FILE.length, sha1(FILE), 'ServerUpload'],
    );
    assert.ok((await buffer(await it.store.read(video!.sourceKey))).equals(FILE));
    assert.deepEqual(it.transcodes, [answer.fileId]);
    // The last call again, and the whole file again: it is there.
    assert.deepEqual(await sequential(it, FILE, OFFSETS[3]!), answer);
    assert.deepEqual(await sequential(it, FILE, 0), answer);
    assert.equal(it.emitted.length, 1);
    // After the time that uploads are kept it is another upload.
    it.time.now += 25 * HOUR;
    assert.deepEqual(await sequential(it, FILE, 0), { code: 0, flag: 0, offset: String(PART) });
  });

  test('MultipartUploadVodFile goes on where it stopped, also with parts of another size', async () => {
    await using it = await open();
    const bytes = content(PART + PART / 2 + 1000, 7);
    const half = String(PART / 2);
    assert.equal((await sequential(it, bytes, 0, { dataSize: half })).offset, half);
    assert.equal((await sequential(it, bytes, PART, { dataSize: half })).offset, half);
    // From the beginning again, as a new process does: what is there is passed over.
    const next = await sequential(it, bytes, 0, { dataSize: half });
    assert.equal(next.offset, half);
    const after = await sequential(it, bytes, Number(next.offset), { dataSize: String(PART / 4) });
    assert.equal(after.offset, String(PART * 0.75));
    const later = await sequential(it, bytes, Number(after.offset), { dataSize: String(PART / 2) });
    assert.equal(later.offset, String(PART * 1.5));
    const { flag, fileId } = await sequential(it, bytes, Number(later.offset));
    assert.equal(flag, 1);
    const video = await it.library.videos.get(it.database.db, APP, fileId);
    assert.ok((await buffer(await it.store.read(video!.sourceKey))).equals(bytes));
  });

  test('MultipartUploadVodFile refuses with codes of its own', async () => {
    await using it = await open();
    const small = content(1000, 8);
    const cases: [more: Record<string, unknown>, code: number, message: RegExp][] = [
      [{ fileType: 'exe' }, -25986, /fileType: exe/],
      [{ classId: '77' }, -25983, /class 77/],
      [{ dataSize: '1001' }, -25977, /offset: offset and dataSize/],
      [{ notifyUrl: 'http://127.0.0.1/' }, -25976, /notifyUrl: it/],
      [{ isTranscode: '1', isWatermark: '1' }, -25979, /watermark/],
      [{ isWatermark: '1' }, -25979, /isWatermark: /],
      [{ fileSha: 'a'.repeat(40) }, -29200, /upload it again/],
      [{ dataSize: '999', fileSize: '999' }, -29200, /upload it again/],
      [{ dataSize: '900', fileSize: '900' }, -10006, /more than the announced/],
    ];
    for (const [more, code, message] of cases) {
      const body = code === -10006 ? small : small.subarray(0, Number(more.fileSize ?? 1000));
      const about = { fileName: 'old', fileSha: sha1(small), fileSize: '1000', fileType: 'mp4' };
      const params = { ...about, offset: '0', dataSize: '1000', ...more };
      const answer = await it.call('MultipartUploadVodFile', params as never, body);
      assert.deepEqual([answer.code, message.test(answer.message)], [code, true], answer.message);
    }
    const large = { fileSize: String(20_000 * 100), dataSize: '100' };
    const many = await sequential(it, content(300, 9), 0, large);
    assert.deepEqual([many.code, /at least 200 bytes/.test(many.message)], [-25982, true]);
    assert.equal(it.emitted.length, 0);
  });

  test('more uploads than are remembered go on beside each other, and come out right', async () => {
    await using it = await open({ liveUploads: 2 });
    const files = [1, 2, 3, 4].map((seed) => content(2 * PART + seed, seed));
    for (const file of files) await it.init(file);
    for (const offset of [0, 2 * PART, PART]) {
      for (const file of files) assert.equal((await it.part(file, offset, PART)).code, 0);
    }
    for (const file of files) {
      const { code, url } = await it.finish(file);
      assert.equal(code, 0);
      assert.ok((await stored(it, url)).equals(file));
    }
  });

  test('FinishUpload can be repeated, at once and later, and makes one video', async () => {
    await using it = await open();
    await it.init(FILE);
    await sendAll(it);
    const answers = await Promise.all([it.finish(FILE), it.finish(FILE), it.finish(FILE)]);
    answers.push(await it.finish(FILE));
    it.time.now += 23 * HOUR;
    answers.push(await it.finish(FILE));
    assert.equal(answers[0]?.code, 0);
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.equal(it.emitted.length, 1);
  });

  test('an upload goes on where it stopped, with the part size of the first attempt', async () => {
    await using it = await open();
    await it.init(FILE);
    await sendAll(it, FILE, [2 * PART, 0]);
    const answer = await it.init(FILE, { dataSize: '1048576' });
    assert.deepEqual(answer, {
      code: 1,
      dataSize: PART,
      listParts: [0, 2 * PART].map((offset) => ({
        offset,
        dataSize: PART,
        dataLen: PART,
        dataMd5: md5(FILE.subarray(offset, offset + PART)),
      })),
    });
    await sendAll(it, FILE, [PART, 3 * PART]);
    assert.equal((await it.finish(FILE)).code, 0);
  });

  test('a client that keeps to its own part size succeeds all the same', async () => {
    await using it = await open();
    await it.init(FILE);
    await sendAll(it, FILE, [PART, 3 * PART]);
    await it.init(FILE, { dataSize: '1048576' });
    for (const offset of [0, 1_048_576]) {
      assert.equal((await it.part(FILE, offset, 1_048_576)).code, 0);
    }
    const resumed = await it.init(FILE, { dataSize: '1048576' });
    assert.deepEqual(
      resumed.listParts.map(({ offset }: { offset: number }) => offset),
      OFFSETS,
      'gaps were filled by parts of the first size',
    );
    const answer = await it.finish(FILE);
    assert.equal(answer.code, 0, answer.message);
    assert.ok((await stored(it, answer.url)).equals(FILE));
  });

  test('parts may be repeated, also at the same time and after the end', async () => {
    await using it = await open();
    await it.init(FILE);
    await sendAll(it, FILE, [...OFFSETS, ...OFFSETS]);
    await sendAll(it);
    assert.equal((await it.finish(FILE)).code, 0);
    await sendAll(it);
    assert.equal((await it.finish(FILE)).code, 0);
    assert.equal((await it.contents()).length, 1);
  });

  test('SHA-1 and MD5 are taken in upper case', async () => {
    await using it = await open();
    const fileSha = sha1(FILE).toUpperCase();
    await it.init(FILE, { fileSha });
    for (const offset of OFFSETS) {
      const dataMd5 = md5(FILE.subarray(offset, offset + PART)).toUpperCase();
      assert.equal((await it.part(FILE, offset, PART, { fileSha, dataMd5 })).code, 0);
    }
    assert.equal((await it.call('FinishUpload', { fileSha })).code, 0);
  });

  test('what is wrong with a part is refused with its code, and nothing else is lost', async () => {
    await using it = await open();
    await it.init(FILE);
    await sendAll(it, FILE, [0, PART]);
    const wrong = content(PART, 2);
    const params = (more: Record<string, string> = {}, bytes: Uint8Array = wrong) => ({
      fileSha: sha1(FILE),
      offset: String(2 * PART),
      dataSize: String(PART),
      dataMd5: md5(bytes),
      ...more,
    });
    const upload = (more: Record<string, string>, body: Uint8Array) =>
      it.call('UploadPart', params(more), body);
    const cut = Readable.from(
      (async function* () {
        yield wrong.subarray(0, 1000);
        throw new Error('aborted');
      })(),
    );

    const refusals: [string, number, number, Promise<{ code: number; canRetry?: number }>][] = [
      ['wrong MD5', -10006, 1, upload({ dataMd5: 'a'.repeat(32) }, wrong)],
      ['body too short', -10006, 0, upload({}, wrong.subarray(1))],
      ['body too long', -10006, 0, upload({}, Buffer.concat([wrong, wrong]))],
      ['no body', -10006, 0, it.call('UploadPart', params())],
      ['cut off', -10006, 1, it.call('UploadPart', params(), cut)],
      [
        'wrong MD5 of a stored part',
        -10006,
        1,
        upload({ offset: '0', dataMd5: md5(FILE.subarray(0, PART)) }, wrong),
      ],
      ['other bytes for a stored part', -10006, 0, upload({ offset: '0' }, wrong)],
      ['between two parts', -10003, 0, upload({ offset: '1000' }, wrong)],
      ['behind the end', -10003, 0, upload({ offset: String(4 * PART) }, wrong)],
      ['over the end', -10003, 0, upload({ offset: String(3 * PART) }, wrong)],
      ['short part in the middle', -10003, 0, upload({ dataSize: '1000' }, wrong.subarray(0, 1000))],
      ['part of another file', -10005, 0, upload({ fileSha: sha1(wrong) }, wrong)],
    ];
    for (const [name, code, canRetry, answer] of refusals) {
      const { code: actual, canRetry: actualRetry = 0, message } = (await answer) as Record<string, number>;
      assert.deepEqual([actual, actualRetry], [code, canRetry], `${name}: ${message}`);
    }
    await sendAll(it, FILE, [2 * PART, 3 * PART]);
    const answer = await it.finish(FILE);
    assert.equal(answer.code, 0, answer.message);
    assert.ok((await stored(it, answer.url)).equals(FILE));
  });

  test('FinishUpload names what is missing, and the upload can go on', async () => {
    await using it = await open();
    assert.equal((await it.finish(FILE)).code, -10005);
    await it.init(FILE);
    await sendAll(it, FILE, [0, 3 * PART]);
    const answer = await it.finish(FILE);
    assert.deepEqual([answer.code, answer.canRetry], [-10005, 0]);
    assert.match(answer.message, new RegExp(`${2 * PART} bytes from ${PART} `));
    await sendAll(it, FILE, [PART, 2 * PART]);
    assert.equal((await it.finish(FILE)).code, 0);
  });

  test('a file that is not the announced one is refused and removed; then it can be uploaded again', async () => {
    await using it = await open();
    await it.init(FILE);
    await sendAll(it, FILE, OFFSETS.slice(1));
    const wrong = content(PART, 2);
    const first = { fileSha: sha1(FILE), offset: '0', dataSize: String(PART), dataMd5: md5(wrong) };
    assert.equal((await it.call('UploadPart', first, wrong)).code, 0);
    const answer = await it.finish(FILE);
    assert.deepEqual([answer.code, answer.canRetry], [-10006, 0]);
    assert.deepEqual(await it.contents(), []);
    assert.equal((await it.finish(FILE)).code, -10005);
    assert.deepEqual(await it.init(FILE), { code: 0 });
    await sendAll(it);
    assert.equal((await it.finish(FILE)).code, 0);
    assert.equal(it.emitted.length, 1);
  });

  test('an announcement with the wrong size does no harm to the right one', async () => {
    await using it = await open();
    await it.init(FILE);
    await sendAll(it, FILE, [0, PART]);
    it.time.now++;
    assert.deepEqual(await it.init(FILE, { fileSize: '999' }), { code: 0 });
    assert.equal((await it.part(FILE, 2 * PART, PART)).code, -10003);
    it.time.now++;
    assert.equal((await it.init(FILE)).code, 1);
    await sendAll(it, FILE, [2 * PART, 3 * PART]);
    assert.equal((await it.finish(FILE)).code, 0);
  });

  test('accounts do not see the uploads of each other', async () => {
    await using it = await open();
    await it.init(FILE);
    await sendAll(it);
    assert.equal(
      (await it.call('FinishUpload', { fileSha: sha1(FILE) }, undefined, '1250000002')).code,
      -10005,
    );
    assert.equal((await it.finish(FILE)).code, 0);
  });

  test('what cannot be is refused at the announcement', async () => {
    await using it = await open({ maxFileBytes: FILE.length });
    const refused: [string, Record<string, string>][] = [
      ['too large', { fileSize: String(FILE.length + 1) }],
      ['no bytes', { fileSize: '0' }],
      ['type of a program', { fileType: 'exe' }],
      ['type of a picture', { fileType: 'png' }],
      ['type with a path', { fileType: '../mp4' }],
      ['name with a path', { fileName: 'a/b' }],
      ['no SHA-1', { fileSha: 'xyz' }],
      ['watermark over nothing', { isWatermark: '1' }],
      ['watermark that is not there', { isWatermark: '1', isTranscode: '1' }],
      ['procedure that is none', { procedure: 'MyFirstProcedure(5)' }],
      ['procedure of a cover', { procedure: 'Wanted()', usage: '1', fileId: '77', fileType: 'png' }],
      ['unknown class', { classId: '77' }],
      ['tag of 129 characters', { tags: 'a'.repeat(129) }],
      ['cover of no video', { usage: '1', fileId: '77', fileType: 'png' }],
      ['cover of nothing', { usage: '1', fileType: 'png' }],
    ];
    for (const [name, params] of refused) assert.equal((await it.init(FILE, params)).code, -10003, name);
    assert.deepEqual(await it.rows(), []);
    assert.equal((await it.init(FILE, { tags: 'b'.repeat(128) })).code, 0);
  });

  test('a class that goes while its file comes leaves the video in the default class', async () => {
    await using it = await open();
    const classes = anyTables(it.database.db);
    await classes
      .insertInto('classes')
      .values({ app_id: APP, id: 7, parent_id: -1, level: 0, name: 'films', created_at: 0, updated_at: 0 })
      .execute();
    assert.equal((await it.init(FILE, { classId: '7' })).code, 0);
    await sendAll(it);
    await classes.deleteFrom('classes').execute();
    const { fileId } = await it.finish(FILE);
    assert.equal((await it.library.videos.get(it.database.db, APP, fileId))?.classId, 0);
  });

  test('the MD5 of a file that came as one part is known, of others not', async () => {
    await using it = await open();
    const small = content(1000, 3);
    for (const [bytes, expected] of [
      [small, md5(small)],
      [FILE, ''],
    ] as const) {
      await it.init(bytes);
      await sendAll(it, bytes, bytes === small ? [0] : OFFSETS);
      const { fileId } = await it.finish(bytes);
      const [source] = await it.library.outputs.of(it.database.db, APP, fileId);
      assert.equal(source?.md5, expected);
    }
  });

  test('a picture of no video keeps its address until it is deleted like a video', async () => {
    await using it = await open();
    const bytes = Buffer.concat([Buffer.from('\xff\xd8\xff', 'latin1'), content(1000)]);
    const params = {
      fileName: 'cover',
      fileSha: sha1(bytes),
      fileSize: String(bytes.length),
      dataSize: String(bytes.length),
      fileType: 'jpg',
      extra: { usage: '1' },
    };
    const { code, fileId, url } = await it.call('SmallFileUpload', params, bytes);
    assert.equal(code, 0);
    assert.equal(url, `https://media.example.com/vod${APP}/${fileId}/${fileId}.jpg`);
    assert.ok((await stored(it, url)).equals(bytes));
    assert.equal(await it.library.videos.get(it.database.db, APP, fileId), null);

    await assert.rejects(it.library.videos.delete('1250000002', fileId, 'medium', it.time.now), {
      kind: 'video.notFound',
    });
    await it.library.videos.delete(APP, fileId, 'medium', it.time.now);
    await assert.rejects(it.library.videos.delete(APP, fileId, 'medium', it.time.now), {
      kind: 'video.notFound',
    });
    it.library.start();
    while ((await it.contents()).length > 0) await turn(5);
    await it.library.stop();
    assert.deepEqual(
      it.emitted.map(({ eventType }) => eventType),
      ['FileDeleted'],
    );
  });

  test('instant upload, when it is on, finds a file that is there and keeps its id', async () => {
    await using it = await open({ instantUpload: true });
    await it.init(FILE);
    await sendAll(it);
    const { fileId, url } = await it.finish(FILE);
    assert.deepEqual(await it.init(FILE), { code: 2, fileId, url });
    it.time.now += 25 * HOUR;
    await it.uploads.sweep();
    assert.deepEqual(await it.init(FILE), { code: 2, fileId, url });
    await sendAll(it, FILE, [0]);
    assert.deepEqual(await it.finish(FILE), { code: 0, fileId, url });
    assert.equal(it.emitted.length, 1);
  });

  test('instant upload, when it is off, makes a second video', async () => {
    await using it = await open();
    const ids = new Set<string>();
    for (let i = 0; i < 2; i++) {
      assert.deepEqual(await it.init(FILE), { code: 0 });
      await sendAll(it);
      ids.add((await it.finish(FILE)).fileId);
    }
    assert.equal(ids.size, 2);
  });

  test('an upload expires a day after its last part and leaves nothing behind', async () => {
    await using it = await open();
    await it.init(FILE);
    await sendAll(it, FILE, [0]);
    it.time.now += 20 * HOUR;
    await sendAll(it, FILE, [PART]);
    it.time.now += 20 * HOUR;
    await it.uploads.sweep();
    assert.equal((await it.init(FILE)).code, 1);
    it.time.now += 25 * HOUR;
    assert.equal((await it.part(FILE, 2 * PART, PART)).code, -10005);
    assert.equal((await it.finish(FILE)).code, -10005);
    assert.notDeepEqual(await it.contents(), []);
    await it.uploads.sweep();
    assert.deepEqual(await it.contents(), []);
    assert.deepEqual(await it.rows(), []);
  });

  test('a new announcement of an expired upload begins anew, before any sweep', async () => {
    await using it = await open();
    await it.init(FILE);
    await sendAll(it, FILE, [0]);
    it.time.now += 25 * HOUR;
    assert.deepEqual(await it.init(FILE), { code: 0 });
    assert.deepEqual(await it.contents(), []);
    await sendAll(it);
    assert.equal((await it.finish(FILE)).code, 0);
  });

  test('a picture becomes the cover of a video, in one call or in parts; the one before goes', async () => {
    await using it = await open();
    await it.init(FILE);
    await sendAll(it);
    const video = await it.finish(FILE);
    const key = async () => (await it.library.videos.get(it.database.db, APP, video.fileId))?.coverKey;

    const small = Buffer.concat([Buffer.from('\xff\xd8\xff', 'latin1'), content(1000)]);
    const params = {
      fileName: 'cover',
      fileSha: sha1(small),
      fileSize: String(small.length),
      dataSize: String(small.length),
      fileType: 'jpg',
      dataMd5: md5(small),
      extra: { usage: '1', fileId: video.fileId },
    };
    const one = await it.call('SmallFileUpload', params, small);
    assert.equal(one.code, 0, one.message);
    assert.equal(one.url, `https://media.example.com/vod${APP}/${video.fileId}/${one.fileId}.jpg`);
    assert.equal(`https://media.example.com/${await key()}`, one.url);
    assert.ok((await stored(it, one.url)).equals(small));

    const large = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), content(PART)]);
    await it.init(large, { usage: '1', fileId: video.fileId, fileType: 'PNG' });
    await sendAll(it, large, [0, PART]);
    const two = await it.finish(large);
    assert.equal(two.code, 0, two.message);
    assert.equal(two.url, `https://media.example.com/vod${APP}/${video.fileId}/${two.fileId}.png`);
    assert.deepEqual(await it.finish(large), two);
    assert.equal(`https://media.example.com/${await key()}`, two.url);
    assert.deepEqual(
      await it.contents(),
      [`vod${APP}/${video.fileId}/${two.fileId}.png`, `vod${APP}/${video.fileId}/f0.mp4`].sort(),
    );
    assert.equal(it.emitted.length, 1);

    const refused: [string, number, object, Uint8Array][] = [
      ['no picture', -10006, {}, content(small.length, 5)],
      ['other bytes', -10006, { fileSha: 'a'.repeat(40) }, small],
      ['wrong MD5', -10006, { dataMd5: 'a'.repeat(32) }, small],
      ['too short', -10006, {}, small.subarray(1)],
      ['no such video', -10003, { extra: { usage: '1', fileId: '77' } }, small],
      ['no image type', -10003, { fileType: 'mp4' }, small],
      ['sizes differ', -10003, { dataSize: '5' }, small],
      ['too large', -10003, { fileSize: '1048577', dataSize: '1048577' }, small],
    ];
    for (const [name, code, more, bytes] of refused) {
      const own =
        bytes === small || bytes.length !== small.length ? {} : { fileSha: sha1(bytes), dataMd5: md5(bytes) };
      assert.equal(
        (await it.call('SmallFileUpload', { ...params, ...own, ...more }, bytes)).code,
        code,
        name,
      );
    }
    assert.equal(`https://media.example.com/${await key()}`, two.url);
    assert.equal((await it.contents()).length, 2);
  });

  test('a cover in parts that is no picture is refused and removed', async () => {
    await using it = await open();
    await it.init(FILE);
    await sendAll(it);
    const { fileId } = await it.finish(FILE);
    const page = Buffer.from('<script>alert(1)</script>');
    await it.init(page, { usage: '1', fileId, fileType: 'png' });
    await it.part(page, 0, page.length);
    assert.equal((await it.finish(page)).code, -10006);
    assert.equal((await it.contents()).length, 1);
  });
}
