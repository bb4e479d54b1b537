import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { BodyError } from '../../common/faults/body-error.ts';
import { Refused } from '../../common/faults/refused.ts';
import { silentLogger } from '../../common/log.ts';
import { describeOnBothDatabases, type TestDatabase } from '../../testing/databases.ts';
import { type Announcement, newSession } from '../generation-1/announce.ts';
import { content, md5 } from '../testing/fixture.ts';
import { openDiskTestStore } from '../testing/stores.ts';
import { createContext, type UploadDeps } from './context.ts';
import { insertSession, type Session, storedParts, updateSession } from './sessions.ts';
import { type IncomingPart, storePart } from './store-part.ts';

const NOW = Date.UTC(2026, 0, 1);
const PART = 1000;
const FILE = content(4 * PART);
const MIB = 1024 * 1024;

/** A session that takes parts, and all that a part needs on its way. */
async function openCore({ database }: TestDatabase, partMemoryBytes = 64 * MIB) {
  const opened = await openDiskTestStore();
  const deps = { database, store: opened.store, log: silentLogger, config: { partMemoryBytes } };
  const context = createContext(deps as unknown as UploadDeps);
  const announced = {
    appId: '1',
    sha1: 'a'.repeat(40),
    size: FILE.length,
    partSize: PART,
    name: 'v',
    type: 'mp4',
  };
  const file: Announcement = {
    ...announced,
    classId: 0,
    tags: [],
    transcode: false,
    snapshots: false,
    watermark: false,
    procedure: null,
    coverOf: null,
    sourceType: 'ServerUpload' as const,
  };
  const session = newSession(file, { watermark: null, procedure: null }, NOW);
  await insertSession(database.db, session);
  return {
    context,
    session,
    store: (part: Partial<IncomingPart> = {}, of: Session = session) =>
      storePart(context, of, { ...partAt(0), ...part }, NOW),
    stored: () => storedParts(database.db, session.id),
    /** Everything from the first byte on that the store has. */
    bytes: async (size: number) =>
      buffer(Readable.from(context.store.assembly(session.id).read([{ offset: 0, size }]))),
    async [Symbol.asyncDispose]() {
      await context.partHasher.close();
      await context.fileHasher.close();
      await opened[Symbol.asyncDispose]();
    },
  };
}

function partAt(offset: number, size = PART): IncomingPart {
  const bytes = FILE.subarray(offset, offset + size);
  return { offset, size, md5: md5(bytes), body: bodyOf(bytes) };
}

/** In several chunks, each its reader's own. */
function bodyOf(bytes: Uint8Array): Readable {
  const half = bytes.length >> 1;
  return Readable.from([bytes.subarray(0, half), bytes.subarray(half)].map((chunk) => Buffer.from(chunk)));
}

function brokenBody(): Readable {
  return Readable.from(
    (async function* () {
      yield Buffer.from(FILE.subarray(0, 10));
      throw new Error('the line is cut');
    })(),
  );
}

const other = content(PART, 9);
const refusals: [
  why: string,
  part: () => Partial<IncomingPart>,
  kind: string,
  canRetry: boolean | undefined,
][] = [
  ['the MD5 is another', () => ({ body: bodyOf(other) }), 'upload.content', true],
  [
    'the body is too short',
    () => ({ body: bodyOf(FILE.subarray(0, PART - 1)) }),
    'upload.content',
    undefined,
  ],
  ['the body is too long', () => ({ body: bodyOf(FILE.subarray(0, PART + 1)) }), 'upload.content', undefined],
  ['there is no body', () => ({ body: Readable.from([]) }), 'upload.content', undefined],
  ['the body is cut off', () => ({ body: brokenBody() }), 'upload.content', true],
  ['the client is gone before', () => ({ body: Readable.from(['x']).destroy() }), 'upload.content', true],
];

describeOnBothDatabases('the way of a part', (open) => {
  for (const [why, part, kind, canRetry] of refusals) {
    test(`a part is refused when ${why}, and nothing of it is written`, async () => {
      await using database = await open();
      await using it = await openCore(database);
      await assert.rejects(it.store(part()), (error) => {
        assert.ok(error instanceof Refused);
        assert.deepEqual([error.kind, error.canRetry], [kind, canRetry]);
        return true;
      });
      assert.deepEqual(await it.stored(), []);
      await assert.rejects(it.bytes(1), { name: 'NotFoundError' });
      await it.store();
      assert.equal((await it.stored()).length, 1);
    });
  }

  test('a client that stops in the middle of a part reads why it was refused', async () => {
    await using database = await open();
    await using it = await openCore(database);
    const body = new Readable({ read() {} });
    body.push(Buffer.from(FILE.subarray(0, 10)));
    const stored = it.store({ body });
    setImmediate(() => body.destroy(new BodyError('tooSlow', 'the body stopped for 60 seconds')));
    await assert.rejects(stored, {
      kind: 'upload.content',
      canRetry: true,
      message: 'the body stopped for 60 seconds',
    });
  });

  test('a part without a hash of its client is stored with ours', async () => {
    await using database = await open();
    await using it = await openCore(database);
    await it.store({ md5: null });
    const [part] = await it.stored();
    assert.deepEqual({ ...part }, { offset: 0, size: PART, md5: md5(FILE.subarray(0, PART)) });
  });

  test('of a part that is stored in part, the rest is written and no byte that counts', async () => {
    await using database = await open();
    await using it = await openCore(database);
    // Other bytes than those of the file, so that one can see whose they are.
    await it.store({ offset: PART, size: PART, md5: md5(other), body: bodyOf(other) });
    await it.store({ ...partAt(0, 3 * PART) });
    assert.deepEqual(
      (await it.stored()).map(({ offset, size }) => [offset, size]),
      [0, PART, 2 * PART].map((offset) => [offset, PART]),
    );
    const expected = Buffer.concat([FILE.subarray(0, PART), other, FILE.subarray(2 * PART, 3 * PART)]);
    assert.ok((await it.bytes(3 * PART)).equals(expected));
  });

  test('a repeated part is verified and not written; with other bytes it is refused', async () => {
    await using database = await open();
    await using it = await openCore(database);
    await it.store();
    await it.store();
    await assert.rejects(it.store({ md5: md5(other), body: bodyOf(other) }), { kind: 'upload.content' });
    await assert.rejects(it.store({ body: bodyOf(other) }), { kind: 'upload.content', canRetry: true });
    assert.ok((await it.bytes(PART)).equals(FILE.subarray(0, PART)));
  });

  test('a part of a registered file is verified and leaves nothing', async () => {
    await using database = await open();
    await using it = await openCore(database);
    const done: Session = { ...it.session, status: 'done' };
    await it.store({}, done);
    await assert.rejects(it.store({ body: bodyOf(other) }, done), { kind: 'upload.content' });
    assert.deepEqual(await it.stored(), []);
    await assert.rejects(it.bytes(1), { name: 'NotFoundError' });
  });

  test('a part whose upload ended while it came is to be sent again, and leaves nothing', async () => {
    await using database = await open();
    await using it = await openCore(database);
    await updateSession(database.database.db, it.session.id, ['open'], { status: 'done' });
    await assert.rejects(it.store(), { kind: 'upload.changed' });
    await assert.rejects(it.bytes(1), { name: 'NotFoundError' });
  });

  test('a client may take its time, until others wait for its memory', async (t) => {
    await using database = await open();
    await using it = await openCore(database, PART);
    let passed = 0;
    const now = performance.now.bind(performance);
    t.mock.method(performance, 'now', () => now() + passed);
    const body = new Readable({ read() {} });
    const slow = assert.rejects(it.store({ body }), { kind: 'upload.content', canRetry: true });
    const goesOn = async (bytes: number) => {
      body.push(Buffer.from(FILE.subarray(0, bytes)));
      while (body.readableLength > 0) await new Promise(setImmediate);
    };
    await goesOn(10);
    passed = 3_600_000;
    await goesOn(10);
    const waiting = it.store();
    await goesOn(10);
    await Promise.all([slow, waiting]);
    assert.equal((await it.stored()).length, 1);
  });

  for (const partMib of [1, 4]) {
    test(`of 100 parts of ${partMib} MiB at once, only as many are read as memory is for`, async () => {
      await using database = await open();
      const limit = 16 * MIB;
      await using it = await openCore(database, limit);
      const size = partMib * MIB;
      const source = content(MIB);
      let reading = 0;
      let most = 0;
      const body = () =>
        Readable.from(
          (async function* () {
            most = Math.max(most, ++reading);
            for (let i = 0; i < partMib; i++) yield Buffer.from(source);
            assert.ok(it.context.memory.allocated <= limit);
            reading--;
          })(),
          { objectMode: false, highWaterMark: 1 },
        );
      // From the last to the first, so that none can be hashed along when it is stored.
      const offsets = Array.from({ length: 100 }, (_, i) => (99 - i) * size);
      await Promise.all(offsets.map((offset) => it.store({ offset, size, md5: null, body: body() })));
      assert.equal((await it.stored()).length, 100);
      assert.ok(most >= 2 && most <= limit / size, `${most} at once`);
      assert.ok(it.context.memory.allocated <= limit);
    });
  }
});
