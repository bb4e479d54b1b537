/** Encrypted HLS, from what is asked for to the bytes that are stored. */
import assert from 'node:assert/strict';
import { createDecipheriv } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProcedureStateChanged } from '@openvod/contract/v2';
import { segmentsOf } from '../media/index.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { WireError } from '../testing/wire-error.ts';
import { makeClip } from './testing/clip.ts';
import { APP, createFixture } from './testing/fixture.ts';

const KEY_URL = 'https://keys.example.com/getkey?site=a';

let folder = '';
let clip = '';
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  clip = path.join(folder, 'clip.mp4');
  await makeClip(clip, { seconds: 24, size: '256x144' });
});
after(() => rm(folder, { recursive: true, force: true }));

const fails = (code: number, message: RegExp) => (error: unknown) =>
  error instanceof WireError && error.code === code && message.test(error.message);

type Fixture = Awaited<ReturnType<typeof createFixture>>;

const newTemplate = async ({ call }: Fixture) =>
  String((await call('CreateSimpleAesTemplate', { get_key_url: KEY_URL })).data.definition);

/** The playlist of a rendition, and the stream that it is over. */
async function stored({ db, library, store, runFolderOf }: Fixture, fileId: string, definition: number) {
  const outputs = await library.outputs.of(db, APP, fileId);
  const output = outputs.find((one) => one.kind === 'transcode' && one.definition === definition)!;
  const at = runFolderOf(fileId, output.run);
  const read = async (name: string) => {
    await using file = await store.localFile(at + name);
    return readFile(file.path);
  };
  const playlist = String(await read(output.name));
  return { output, playlist, stream: await read(output.name.replace('m3u8', 'ts')) };
}

function decrypted(bytes: Buffer, key: Buffer): Buffer {
  const decipher = createDecipheriv('aes-128-cbc', key, Buffer.alloc(16));
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}

describeOnBothDatabases('encrypted HLS', (open) => {
  test('each segment that is stored is AES-128-CBC by itself, and decrypts to what is stored without encryption', async () => {
    await using opened = await open();
    await using fixture = await createFixture(opened.database, opened.dataDir);
    const { call } = fixture;
    const definition = await newTemplate(fixture);
    const [plainId, fileId] = [await fixture.addVideo(clip), await fixture.addVideo(clip)];
    const transcode = { definition: { 0: '210', 1: '6' }, hlsMasterPlaylist: '1' };
    const plain = await call('ProcessFile', { fileId: plainId, transcode });
    const drm = { definition };
    const { vodTaskId } = await call('ProcessFile', { fileId, transcode: { ...transcode, drm } });
    const before = (await call('GetTaskInfo', { vodTaskId })).data;
    const asked = { definition: 10, keySource: 'VodBuildInKMS', getKeyUrl: KEY_URL };
    assert.deepEqual(before.drm, { ...asked, edkList: [] });
    // What was asked for keeps the address that was asked for.
    await call('ModifySimpleAesTemplate', { definition, get_key_url: 'https://elsewhere.example.com/' });
    await fixture.startEngine();
    await fixture.finished(plain.vodTaskId);
    const flow = await fixture.finished(vodTaskId);
    assert.equal(flow.failure, null);

    const info = await call('GetVideoInfo', { fileId });
    const [edk, ...more] = info.drm.edkList;
    assert.deepEqual(info.drm, { ...asked, encryptType: 'SingleKey', edkList: [edk] });
    assert.deepEqual(more, []);
    assert.deepEqual(
      info.transcodeInfo.transcodeList.map((one: { definition: number }) => one.definition),
      [0, 6, 210, 10000],
    );
    assert.deepEqual(await call('GetVideoInfo', { fileId, infoFilter: { 0: 'drm' } }), { drm: info.drm });
    assert.equal((await call('GetVideoInfo', { fileId: plainId })).drm, undefined);
    const [{ dk }] = (await call('DescribeDrmDataKey', { edkList: { 0: edk } })).data.keyList;
    const key = Buffer.from(dk, 'base64');

    const keyUri = `${KEY_URL}&edk=${encodeURIComponent(edk)}&fileId=${fileId}&keySource=VodBuildInKMS`;
    const line = `#EXT-X-KEY:METHOD=AES-128,URI="${keyUri}",IV=0x${'0'.repeat(32)}`;
    for (const id of [210, 6]) {
      const [clear, secret] = [await stored(fixture, plainId, id), await stored(fixture, fileId, id)];
      const [from, to] = [segmentsOf(clear.playlist), segmentsOf(secret.playlist)];
      assert.ok(to.length >= 2, `${to.length} segments`);
      assert.equal(to.length, from.length);
      assert.equal(to[0]!.start, 0);
      assert.equal(to.at(-1)!.end + 1, secret.stream.length);
      for (const [i, { start, end, durationMs }] of to.entries()) {
        const bytes = secret.stream.subarray(start, end + 1);
        assert.equal(bytes.length % 16, 0);
        const { start: a, end: b } = from[i]!;
        const opened = decrypted(bytes, key);
        for (let at = 0; at < opened.length; at += 188) assert.equal(opened[at], 0x47, 'a packet begins');
        // Of an encode two are not always alike to the last bit.
        if (id === 6) assert.ok(opened.equals(clear.stream.subarray(a, b + 1)), `segment ${i} of ${id}`);
        assert.equal(durationMs, from[i]!.durationMs);
        if (i > 0) assert.equal(start, to[i - 1]!.end + 1);
      }
      const lines = secret.playlist.split('\n');
      assert.equal(lines.filter((one) => one.startsWith('#EXT-X-KEY')).length, 1);
      assert.ok(
        lines.indexOf(line) > 0 && lines.indexOf(line) < lines.findIndex((one) => /^#EXTINF/.test(one)),
      );
      assert.doesNotMatch(clear.playlist, /EXT-X-KEY/);
      const { output } = secret;
      assert.equal(output.totalSize, secret.stream.length + secret.playlist.length);
      assert.equal(output.info?.video[0]?.codec, 'h264');
    }

    const told = (await fixture.events()).filter(
      ({ eventType, data }) => eventType === 'ProcedureStateChanged' && data.vodTaskId === vodTaskId,
    );
    assert.deepEqual(told.at(-1).data.drm, { ...asked, edkList: [edk] });
    ProcedureStateChanged.data.parse(told.at(-1).data);
    const procedure = await call('GetProcedureInfo', { vodTaskId });
    assert.deepEqual(procedure.drm, { ...asked, edkList: [edk] });
    await fixture.workIsPutAway();
  });

  test('a file without segments, a template that is not there and one of another application are refused', async () => {
    await using opened = await open();
    await using fixture = await createFixture(opened.database, opened.dataDir);
    const fileId = await fixture.addVideo(clip);
    const drm = { definition: await newTemplate(fixture) };
    const ask = (definition: object, other = drm) =>
      fixture.call('ProcessFile', { fileId, transcode: { definition, drm: other } });
    await assert.rejects(ask({ 0: '210', 1: '20' }), fails(1000, /20 makes mp4: only HLS/));
    await assert.rejects(ask({ 0: '9' }), fails(1000, /only HLS/));
    await assert.rejects(ask({ 0: '210' }, { definition: '11' }), fails(1000, /transcode\.drm\.definition/));
    await fixture.templates.create('2', 'encryption', { body: { keyUrl: KEY_URL } }, 1);
    await fixture.templates.create('2', 'encryption', { body: { keyUrl: KEY_URL } }, 1);
    await assert.rejects(ask({ 0: '210' }, { definition: '11' }), fails(1000, /transcode\.drm\.definition/));
    const lists = (await fixture.call('GetTaskList', {})).data;
    assert.deepEqual(
      lists.flatMap(({ taskList }: { taskList: object[] }) => taskList),
      [],
    );
  });

  test('without the master key nothing is begun, and what was begun waits for it', async () => {
    await using opened = await open();
    await using fixture = await createFixture(opened.database, opened.dataDir);
    const fileId = await fixture.addVideo(clip);
    const drm = { definition: await newTemplate(fixture) };
    const ask = { fileId, transcode: { definition: { 0: '6' }, drm } };
    const { vodTaskId } = await fixture.call('ProcessFile', ask);
    const elsewhere = path.join(opened.dataDir, 'elsewhere');
    {
      await using without = await createFixture(opened.database, elsewhere, undefined, { masterKey: null });
      await assert.rejects(without.call('ProcessFile', ask), fails(6200, /master key/));
      const engine = await without.startEngine();
      for (;;) {
        const flow = await fixture.tasks.findFlow(APP, vodTaskId, Date.now());
        if ((flow?.run ?? 0) > 0) break;
        await sleep(20);
      }
      await engine.stop();
    }
    assert.notEqual((await fixture.tasks.findFlow(APP, vodTaskId, Date.now()))?.status, 'finished');
    await fixture.startEngine();
    const flow = await fixture.finished(vodTaskId);
    assert.equal(flow.failure, null);
    assert.equal((await fixture.call('GetVideoInfo', { fileId })).drm.edkList.length, 1);
  });
});
