import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createAddresses } from '../common/addresses.ts';
import { systemClock } from '../common/clocks/clock.ts';
import { silentLogger } from '../common/log.ts';
import { createOutbound } from '../common/outbound/outbound.ts';
import { createEvents } from '../events/index.ts';
import { libraryEventViews } from '../library/index.ts';
import { openStore } from '../storage/index.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { pulled } from '../testing/events.ts';
import { APP, content, createFixture, md5, sha1 } from './testing/fixture.ts';

const KILLS = process.env.OPENVOD_SOAK ? 100 : 8;
const PART = 524_288;
const SIZE = 7 * PART + 4321;
const OFFSETS = Array.from({ length: 8 }, (_, i) => i * PART);
const SERVER = fileURLToPath(new URL('./testing/server.ts', import.meta.url));

/** What a client was told, over all lives of the server. */
class Promises {
  /** Offsets of the current file. */
  readonly parts = new Set<number>();
  /** By number of the file. */
  readonly fileIds = new Map<number, string>();
  /** Number of the file that is being uploaded. */
  current = 0;
}

type Ask = (params: Record<string, string | number>, body?: Buffer) => Promise<Record<string, unknown>>;

/** Uploads one file after the other until the server dies, beginning with the one that was under way. */
async function upload(ask: Ask, told: Promises): Promise<never> {
  for (; ; told.current++, told.parts.clear()) {
    const bytes = content(SIZE, told.current);
    const fileSha = sha1(bytes);
    const known = told.fileIds.get(told.current);
    if (known === undefined) {
      const file = { fileName: 'v', fileType: 'mp4', fileSha, fileSize: SIZE, dataSize: PART };
      const begun = await ask({ Action: 'InitUpload', ...file });
      const listed = new Set(
        (begun.listParts as { offset: number }[] | undefined)?.map(({ offset }) => offset),
      );
      // The server may have finished without being able to say so; then it begins anew.
      for (const offset of begun.code === 1 ? told.parts : [])
        assert.ok(listed.has(offset), `part ${offset} was lost`);
      const missing = OFFSETS.filter((offset) => !listed.has(offset));
      await Promise.all(
        missing.map(async (offset) => {
          const body = bytes.subarray(offset, offset + PART);
          const part = { fileSha, offset, dataSize: body.length, dataMd5: md5(body) };
          assert.deepEqual(await ask({ Action: 'UploadPart', ...part }, body), { code: 0 });
          told.parts.add(offset);
        }),
      );
    }
    const { code, fileId, message } = await ask({ Action: 'FinishUpload', fileSha });
    assert.equal(code, 0, String(message));
    if (known !== undefined) assert.equal(fileId, known, 'the same upload became another video');
    told.fileIds.set(told.current, String(fileId));
  }
}

async function startServer(
  url: string | undefined,
  dataDir: string,
): Promise<{ child: ChildProcess; ask: Ask }> {
  const child = spawn(process.execPath, [SERVER, url ?? '', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(child.stdout!, 'data');
  const origin = `http://127.0.0.1:${String(port).trim()}/`;
  const ask: Ask = async (params, body) => {
    const query = new URLSearchParams(params as Record<string, string>);
    const response = await fetch(`${origin}?${query}`, {
      method: 'POST',
      body: body ? new Uint8Array(body) : null,
    });
    return (await response.json()) as Record<string, unknown>;
  };
  await ask({ Action: 'FinishUpload', fileSha: 'a'.repeat(40) });
  return { child, ask };
}

describeOnBothDatabases('uploads through crashes', (open) => {
  test('nothing acknowledged is lost, and every file becomes one video with one event', async () => {
    await using opened = await open();
    const told = new Promises();
    for (let kill = 0; kill < KILLS; kill++) {
      const { child, ask } = await startServer(opened.url, opened.dataDir);
      const uploading = upload(ask, told).catch((error: unknown) => error);
      await sleep(Math.random() * 400);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const error = await uploading;
      // Fetch fails with this when the server is gone.
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    }
    await using store = Object.assign(await openStore(undefined, opened.dataDir), {
      async [Symbol.asyncDispose]() {
        await store.close();
      },
    });
    const events = createEvents({
      database: opened.database,
      clock: systemClock,
      log: silentLogger,
      addresses: createAddresses('https://media.example.com'),
      delivery: pulled,
      v2Views: libraryEventViews,
      outbound: createOutbound({ allowPrivate: false }),
      sends: false,
      config: { maxPull: 10_000, longPollMs: 0 },
    });
    const { library, uploads, time } = createFixture(opened, store);

    const announced = await events.pull(APP, { signal: new AbortController().signal });
    const announcedIds = announced.map((event) => event.content.data.fileId);
    assert.equal(new Set(announcedIds).size, announcedIds.length);
    for (const [number, id] of told.fileIds) {
      assert.ok(announcedIds.includes(id), `no event of video ${id}`);
      const video = await library.videos.get(opened.database.db, APP, id);
      assert.ok((await buffer(await store.read(video!.sourceKey))).equals(content(SIZE, number)));
    }

    // What is unfinished goes when it is old enough; what remains belongs to videos that were announced.
    time.now = Date.now() + 25 * 3600_000;
    await uploads.sweep();
    const keys: string[] = [];
    for await (const { key } of store.list('')) keys.push(key);
    assert.deepEqual(keys, announcedIds.map((id) => `vod${APP}/${id}/f0.mp4`).sort());
  });
});
