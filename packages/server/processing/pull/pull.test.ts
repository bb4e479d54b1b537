import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { NewFileUpload, PullComplete } from '@openvod/contract/v2';
import { createOutbound } from '../../common/outbound/outbound.ts';
import { colourAt } from '../../media/testing/pixels.ts';
import { describeOnBothDatabases } from '../../testing/databases.ts';
import { makeClip, makePicture } from '../testing/clip.ts';
import { APP, createFixture } from '../testing/fixture.ts';
import { type Origin, serve, startOrigin } from './testing/origin.ts';

let folder = '';
let clip: Buffer;
let origin: Origin;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  await makeClip(path.join(folder, 'clip.mp4'), { seconds: 3, size: '640x360' });
  clip = await readFile(path.join(folder, 'clip.mp4'));
  origin = await startOrigin();
});
after(async () => {
  await origin.stop();
  await rm(folder, { recursive: true, force: true });
});

type Fixture = Awaited<ReturnType<typeof createFixture>>;

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

/** Pulls one address to its end; resolves to what its event says. */
async function pull(fixture: Fixture, url: string, more: Record<string, string> = {}) {
  const { data } = await fixture.call('MultiPullVodFile', {
    pullset: { 1: { url, fileName: 'clip', ...more } },
  });
  const [{ vodTaskId }] = data;
  await fixture.finished(vodTaskId);
  const events = await fixture.events();
  return PullComplete.data.parse(
    events.find((event) => event.eventType === 'PullComplete' && event.data.vodTaskId === vodTaskId).data,
  );
}

/** Nothing of it is left anywhere. */
async function assertNothingIsLeft(fixture: Fixture): Promise<void> {
  while ((await readdir(fixture.pullDir)).length > 0) await new Promise(setImmediate);
  assert.deepEqual(await fixture.keys(), []);
}

describeOnBothDatabases('pulls', (open) => {
  test('a file becomes a video that is what its content says, with all that was asked for', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const classId = await fixture.classes.create(APP, { name: 'pulled', parentId: -1 }, Date.now());
    // Neither name nor type say what it is.
    const url = origin.on('/page.html', (_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(clip);
    });
    const wanted = {
      ...{
        url,
        fileName: 'a film',
        fileMd5: md5(clip).toUpperCase(),
        isTranscode: '1',
        classId: String(classId),
      },
      ...{ tags: 'one, two,，three', priority: '1' },
    };
    const { data } = await fixture.call('MultiPullVodFile', { pullset: { 0: wanted } });
    const [{ vodTaskId, fileId, ...asked }] = data;
    assert.equal(JSON.stringify(asked), `{"source_url":"${url}","file_id":${fileId},"file_name":"a film"}`);
    assert.match(vodTaskId, /^Pull-[0-9a-f]{32}$/);
    const before = await fixture.call('GetTaskInfo', { vodTaskId });
    assert.deepEqual([before.type, before.status, before.data.status], ['pull', 'WAITING', 'WAITING']);
    assert.equal((await fixture.tasks.findFlow(APP, vodTaskId, Date.now()))?.priority, 10);

    await fixture.startEngine();
    await fixture.finished(vodTaskId);
    const told = await fixture.events();
    const [created, ended] = told;
    assert.deepEqual([created.eventType, ended.eventType], ['NewFileUpload', 'PullComplete']);
    const { transcodeTaskId } = ended.data;
    assert.match(transcodeTaskId, /^transcode-/);
    const fileUrl = `https://media.example.com/vod${APP}/${fileId}/f0.mp4`;
    assert.deepEqual(PullComplete.data.parse(ended.data), {
      ...{ status: 0, message: '', vodTaskId, fileId, fileUrl, transcodeTaskId },
    });
    const { sourceType, fileName, ...event } = NewFileUpload.data.parse(created.data);
    assert.deepEqual([sourceType, fileName, event.fileUrl], ['Pull', 'a film', fileUrl]);

    const video = await fixture.library.videos.require(fixture.db, APP, fileId);
    assert.deepEqual([video.classId, video.tags, video.type], [classId, ['one', 'two', 'three'], 'mp4']);
    assert.deepEqual([video.md5, video.size, video.info?.video[0]?.width], [md5(clip), clip.length, 640]);
    assert.deepEqual(await buffer(await fixture.store.read(video.sourceKey)), clip);
    const info = await fixture.call('GetTaskInfo', { vodTaskId });
    assert.deepEqual([info.status, info.data], ['FINISHED', ended.data]);
    assert.equal((await fixture.finished(transcodeTaskId)).failure, null);
    assert.deepEqual(await readdir(fixture.pullDir), []);
  });

  test('sampled pictures are taken of what was pulled, as a procedure of their own without a transcode', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const url = origin.on('/pictured', (_request, response) => void response.end(clip));
    const wanted = { url, fileName: 'clip', isScreenshot: '1' };
    const { data } = await fixture.call('MultiPullVodFile', { pullset: { 1: wanted } });
    await fixture.startEngine();
    await fixture.finished(data[0].vodTaskId);
    const told = await fixture.events();
    const { procedureTaskId } = told.find(({ eventType }) => eventType === 'NewFileUpload').data;
    assert.equal((await fixture.finished(procedureTaskId)).failure, null);
    const { sampleSnapshotInfo } = await fixture.call('GetVideoInfo', { fileId: data[0].fileId });
    assert.equal(sampleSnapshotInfo[0].definition, 10);
    assert.ok(sampleSnapshotInfo[0].imageUrls.length > 1);
  });

  test('the default watermark lies over the transcodes of a pull, as it was when it was asked for', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const url = origin.on('/marked', (_request, response) => void response.end(clip));
    const ask = (more: object) =>
      fixture.call('MultiPullVodFile', {
        pullset: { 1: { url, fileName: 'clip', isWatermark: '1', ...more } },
      });
    await assert.rejects(ask({ isTranscode: '1' }), { code: 1163 });
    await assert.rejects(ask({}), { code: 1000 });
    const logo = path.join(folder, 'logo.png');
    await makePicture(logo, 'red');
    const imageKey = `vod${APP}/watermarks/logo.png`;
    await fixture.store.put(imageKey, await readFile(logo));
    const percent = (value: number) => ({ value, unit: 'percent' }) as const;
    const place = {
      origin: 'topLeft',
      x: percent(0),
      y: percent(0),
      width: percent(50),
      height: percent(50),
    } as const;
    const wish = { body: { kind: 'image', imageKey, ...place } } as const;
    const { id } = await fixture.templates.create(APP, 'watermark', wish, 1);
    fixture.options.watermark = id;
    const { data } = await ask({ isTranscode: '1' });
    await fixture.templates.remove(APP, 'watermark', id);
    await fixture.startEngine();
    await fixture.finished(data[0].vodTaskId);
    const told = await fixture.events();
    const { transcodeTaskId, fileId } = told.find(({ eventType }) => eventType === 'PullComplete').data;
    assert.equal((await fixture.finished(transcodeTaskId)).failure, null);
    const outputs = await fixture.library.outputs.of(fixture.db, APP, fileId);
    const made = outputs.find(({ definition }) => definition === 20)!;
    await using file = await fixture.store.localFile(fixture.runFolderOf(fileId, made.run) + made.name);
    const { red, green, blue } = colourAt(file.path, { x: 20, y: 20, width: 200, height: 100 });
    assert.ok(red > 200 && green < 60 && blue < 60, `${red} ${green} ${blue}`);
  });

  test('a pull that failed can be redone, one that made its video cannot', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    await fixture.startEngine();
    let isThere = false;
    const url = origin.on(
      '/later',
      (_request, response) => void (isThere ? response.end(clip) : response.writeHead(404).end()),
    );
    const { data } = await fixture.call('MultiPullVodFile', { pullset: { 1: { url, fileName: 'clip' } } });
    const [{ vodTaskId, fileId }] = data;
    assert.match((await fixture.finished(vodTaskId)).failure!.message, /404/);
    isThere = true;
    await fixture.call('RedoTask', { vodTaskId });
    while ((await fixture.finished(vodTaskId)).failure !== null) await new Promise(setImmediate);
    assert.ok(await fixture.library.videos.get(fixture.db, APP, fileId));
    await assert.rejects(fixture.call('RedoTask', { vodTaskId }), { code: 10026 });
  });
});

describeOnBothDatabases('pulls beside other work', (open) => {
  test('a pull takes no place of a transcode, nor a transcode that of a pull', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const url = origin.on(
      '/clip',
      serve(() => clip),
    );
    const file = path.join(database.dataDir, 'film.mp4');
    await writeFile(file, clip);
    const fileId = await fixture.addVideo(file);
    const asked = async () => ({
      pulled: (await fixture.call('MultiPullVodFile', { pullset: { 1: { url, fileName: 'clip' } } })).data[0]
        .vodTaskId,
      transcoded: (await fixture.call('ProcessFile', { fileId, transcode: { definition: '9' } })).vodTaskId,
    });
    const statusOf = async (vodTaskId: string) => (await fixture.call('GetTaskInfo', { vodTaskId })).status;
    const first = await asked();
    const pulls = await fixture.startEngine({ places: { work: 0, transfer: 1 } });
    assert.equal((await fixture.finished(first.pulled)).failure, null);
    assert.equal(await statusOf(first.transcoded), 'WAITING');
    await pulls.stop();
    const second = await asked();
    await fixture.startEngine({ places: { work: 1, transfer: 0 } });
    for (const { transcoded } of [first, second]) {
      assert.equal((await fixture.finished(transcoded)).failure, null);
    }
    assert.equal(await statusOf(second.pulled), 'WAITING');
  });
});

describeOnBothDatabases('what cannot be pulled', (open) => {
  test('ends with an event that says why, and leaves nothing behind', async () => {
    await using database = await open();
    let left: number | null = null;
    const storageQuota = async () => left;
    const pullLimits = { retryMs: 1, maxFileBytes: clip.length, idleMs: 300 };
    await using fixture = await createFixture(database.database, database.dataDir, undefined, {
      pullLimits,
      storageQuota,
    });
    await fixture.startEngine();
    const ends = async (url: string, status: number, message: RegExp, more = {}) => {
      const event = await pull(fixture, url, more);
      assert.deepEqual([event.status, event.fileId, event.fileUrl], [status, undefined, undefined]);
      assert.match(event.message, message);
      await assertNothingIsLeft(fixture);
    };
    await ends(
      origin.on('/gone', (_request, response) => void response.writeHead(410).end()),
      10001,
      /410/,
    );
    await ends(
      origin.on('/page', (_request, response) => void response.end('<html>a page</html>'.repeat(500))),
      -43001,
      /no media/,
    );
    await ends(
      origin.on('/empty', (_request, response) => void response.end()),
      10001,
      /nothing/,
    );
    await ends(
      origin.on('/silent', () => {}),
      10001,
      /nothing came/,
    );
    await ends(
      origin.on(
        '/clip',
        serve(() => clip),
      ),
      10001,
      /MD5/,
      { fileMd5: '0'.repeat(32) },
    );
    await ends(
      origin.on(
        '/packed',
        (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      ),
      10001,
      /encoded/,
    );
    await ends(
      origin.on('/busy', (_request, response) => void response.writeHead(503).end()),
      10001,
      /503/,
    );
    assert.equal(origin.seen.filter(({ path }) => path === '/busy').length, 7);
    origin.seen.length = 0;
    // It says nothing of its length, and has no end.
    const endless = origin.on('/endless', (_request, response) => {
      const more = () => void (response.destroyed || response.write(clip, more));
      more();
    });
    await ends(endless, 10001, /are not taken/);
    // It says to be smaller than it is taken for, and is.
    const large = origin.on('/large', (_request, response) => {
      response.writeHead(200, { 'content-length': clip.length + 1 }).flushHeaders();
    });
    await ends(large, 10001, /are not taken/);
    left = clip.length - 1;
    await ends(
      origin.on(
        '/clip',
        serve(() => clip),
      ),
      4400,
      /storage left/,
    );
    left = null;
    assert.equal(
      (
        await pull(
          fixture,
          origin.on(
            '/clip',
            serve(() => clip),
          ),
        )
      ).status,
      0,
    );
  });

  test('is refused at once where that can be said by looking at it', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir, undefined, {
      outbound: createOutbound({ allowPrivate: false }),
    });
    const good = { url: 'https://example.com/a.mp4', fileName: 'a' };
    const refused = (wanted: Record<string, string>, code: number, message: RegExp) =>
      assert.rejects(
        fixture.call('MultiPullVodFile', { pullset: { 1: good, 2: { ...good, ...wanted } } }),
        (error) => {
          assert.equal((error as { code: number }).code, code);
          assert.match((error as Error).message, message);
          return true;
        },
      );
    await refused({ url: 'ftp://example.com/a.mp4' }, 1000, /pullset.2.url: it must begin with http/);
    await refused({ url: 'http://0x7f.1/a.mp4' }, 1000, /pullset.2.url: it must be a public address/);
    await refused({ notifyUrl: 'http://[::1]/' }, 1000, /pullset.2.notifyUrl: it must be a public/);
    await refused({ classId: '7' }, 1000, /class 7/);
    await refused({ tags: 'x'.repeat(129) }, 1000, /pullset.2.tags: a tag has at most 128/);
    await refused({ tags: Array.from({ length: 101 }, (_, i) => i).join() }, 1000, /at most 100 tags/);
    await refused({ isWatermark: '1' }, 1000, /goes with isTranscode=1/);
    assert.equal(
      (
        await fixture.tasks.listFlows(
          { appId: APP, statuses: ['waiting'], newestFirst: true, limit: 10 },
          Date.now(),
        )
      ).length,
      0,
    );
  });
});

describeOnBothDatabases('transfers that break off', (open) => {
  test('go on where they were, as long as the file is the same', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    await fixture.startEngine();
    origin.seen.length = 0;
    const breakAfter = Math.ceil(clip.length / 4);
    const url = origin.on(
      '/breaking',
      serve(() => clip, { breakAfter }),
    );
    const event = await pull(fixture, url, { fileMd5: md5(clip) });
    assert.deepEqual([event.status, event.message], [0, '']);
    const asked = origin.seen.filter(({ path }) => path === '/breaking');
    assert.deepEqual(
      asked.map(({ range, ifRange }) => [range, ifRange]),
      [[undefined, undefined], ...[1, 2, 3].map((times) => [`bytes=${times * breakAfter}-`, '"1"'])],
    );
  });

  test('begin anew when it is another one by then', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    await fixture.startEngine();
    let version = 1;
    const other = Buffer.concat([clip, Buffer.alloc(100)]);
    const url = origin.on('/changing', (request, response) => {
      const answer = serve(() => (version === 1 ? clip : other), {
        etag: () => `"${version}"`,
        ...(version === 1 && { breakAfter: 10_000 }),
      });
      void answer(request, response);
      version = 2;
    });
    const { fileId, status } = await pull(fixture, url, { fileMd5: md5(other) });
    assert.equal(status, 0);
    const { size } = await fixture.library.videos.require(fixture.db, APP, fileId!);
    assert.equal(size, other.length);
  });
});

describeOnBothDatabases('a disk that is full', (open) => {
  test('is waited for', async () => {
    await using database = await open();
    let asked = 0;
    const disk = { shortage: async () => (++asked === 1 ? 'the disk is full' : null) };
    await using fixture = await createFixture(database.database, database.dataDir, undefined, { disk });
    await fixture.startEngine();
    assert.equal(
      (
        await pull(
          fixture,
          origin.on(
            '/clip',
            serve(() => clip),
          ),
        )
      ).status,
      0,
    );
    assert.ok(asked >= 2);
  });
});
