import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { UploadPart } from '@openvod/contract/v2';
import fc from 'fast-check';
import { Refused } from '../common/faults/refused.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { asOnTheWire, WireError } from '../testing/wire-error.ts';
import { isPartOf } from './core/ranges.ts';
import type { Announcement } from './generation-1/announce.ts';
import { content, createFixture, type Fixture, md5, sha1 } from './testing/fixture.ts';
import { openDiskTestStore } from './testing/stores.ts';

/** Calls of one batch are made at the same time, each to one of two servers. */
type Batch =
  | { kind: 'begin'; partSize: number; node: number }
  | { kind: 'parts'; parts: { index: number; partSize: number; wrong: boolean; node: number }[] }
  | { kind: 'allParts'; nodes: number[] }
  | { kind: 'finish'; nodes: number[] };

const node = fc.nat(1);
const partSize = fc.constantFrom(7, 10, 20);
const nodes = fc.array(node, { minLength: 1, maxLength: 3 });
const batch: fc.Arbitrary<Batch> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('begin' as const), partSize, node }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('parts' as const),
      parts: fc.array(fc.record({ index: fc.nat(6), partSize, wrong: fc.boolean(), node }), { maxLength: 8 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('allParts' as const), nodes }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('finish' as const), nodes }) },
);

/** What an upload must do, whatever the order of the calls. */
class Model {
  open = false;
  first = 0;
  latest = 0;
  readonly bytes = new Set<number>();
  /** Of the upload that is finished and was not announced again. */
  fileId: string | null = null;
  readonly fileIds = new Set<string>();

  begin(partSize: number): void {
    if (!this.open) {
      this.bytes.clear();
      this.first = partSize;
    }
    this.open = true;
    this.fileId = null;
    this.latest = partSize;
  }
}

async function codeOf(work: Promise<unknown>): Promise<number> {
  try {
    await asOnTheWire(UploadPart, () => work);
    return 0;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return error.code;
  }
}

function sendPart(
  it: Fixture,
  appId: string,
  bytes: Buffer,
  offset: number,
  size: number,
  wrong: boolean,
): Promise<void> {
  const good = bytes.subarray(offset, offset + size);
  const body = wrong ? good.map((byte) => byte ^ 1) : good;
  const part = { appId, sha1: sha1(bytes), offset, size, md5: md5(good) };
  return it.uploads.generation1.storePart({ ...part, body: Readable.from([Buffer.from(body)]) }, it.time.now);
}

/** When two servers store parts of different sizes at once, one is told to send its part again. */
async function retried(send: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Refused && error.kind === 'upload.changed') || attempt === 20) throw error;
    }
  }
}

function everyPart(size: number, partSize: number, nodes: readonly number[]) {
  return Array.from({ length: Math.ceil(size / partSize) }, (_, index) => {
    return { index, partSize, wrong: false, node: nodes[index % nodes.length]! };
  });
}

async function run(nodes: Fixture[], appId: string, size: number, batches: readonly Batch[]): Promise<void> {
  const bytes = content(size);
  const file: Announcement = {
    appId,
    sha1: sha1(bytes),
    size,
    partSize: 0,
    name: 'v',
    type: 'mp4',
    classId: 0,
    tags: [],
    transcode: false,
    snapshots: false,
    watermark: false,
    procedure: null,
    coverOf: null,
    sourceType: 'ServerUpload' as const,
  };
  const model = new Model();
  for (const batch of batches) {
    for (const { time } of new Set(nodes)) time.now++;
    if (batch.kind === 'begin') {
      const it = nodes[batch.node]!;
      const begun = await it.uploads.generation1.begin({ ...file, partSize: batch.partSize }, it.time.now);
      model.begin(batch.partSize);
      const named = begun.kind === 'resumed' ? begun.parts : [];
      for (const part of named) {
        assert.ok(isPartOf(size, model.first, part));
        for (let i = 0; i < part.size; i++) assert.ok(model.bytes.has(part.offset + i));
      }
      if (begun.kind === 'resumed') assert.equal(begun.partSize, model.first);
      else assert.equal(model.bytes.size, 0);
    } else if (batch.kind !== 'finish') {
      const parts = batch.kind === 'parts' ? batch.parts : everyPart(size, model.first || 10, batch.nodes);
      await Promise.all(
        parts.map(async ({ index, partSize, wrong, node }) => {
          const offset = index * partSize;
          const range = { offset, size: Math.max(1, Math.min(partSize, size - offset)) };
          const announced = [model.first, model.latest].some(
            (fixed) => fixed > 0 && isPartOf(size, fixed, range),
          );
          const known = model.open || model.fileId !== null;
          const expected = !known ? -10005 : !announced ? -10003 : wrong ? -10006 : 0;
          const send = () => sendPart(nodes[node]!, appId, bytes, offset, range.size, wrong);
          assert.equal(await codeOf(retried(send)), expected);
          if (expected === 0) for (let i = 0; i < range.size; i++) model.bytes.add(offset + i);
        }),
      );
    } else {
      const complete = model.open && model.bytes.size === size;
      for (const outcome of await Promise.allSettled(
        batch.nodes.map((node) =>
          nodes[node]!.uploads.generation1.finish(file, nodes[node]!.time.now, new AbortController().signal),
        ),
      )) {
        if (outcome.status === 'rejected') {
          assert.match((outcome.reason as Refused).kind, /^upload\.(notFound|incomplete|lost)$/);
          assert.ok(!complete && model.fileId === null);
        } else {
          assert.ok(complete || model.fileId !== null);
          model.fileId ??= outcome.value.id;
          assert.equal(outcome.value.id, model.fileId);
          model.fileIds.add(model.fileId);
          model.open = false;
        }
      }
    }
  }
  const [it] = nodes;
  for (const id of model.fileIds) {
    const video = await it!.library.videos.get(it!.database.db, appId, id);
    assert.ok((await buffer(await it!.store.read(video!.sourceKey))).equals(bytes));
  }
  const events = [...new Set(nodes)].flatMap(({ emitted }) => emitted);
  assert.equal(events.length, model.fileIds.size, 'one event a video');
}

describeOnBothDatabases('uploads against a model', (open) => {
  test('whatever is called in whatever order on two servers, files are whole and parts are not lost', async () => {
    await using database = await open();
    await using opened = await openDiskTestStore();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.array(batch, { maxLength: 25, size: 'max' }),
        async (size, batches) => {
          const one = createFixture(database, opened.store);
          // Only PostgreSQL can be shared.
          const other = database.url === undefined ? one : createFixture(database, opened.store);
          const nodes = [one, other];
          // An account of its own, so that a failure leaves nothing to the runs that look for a smaller one.
          await run(nodes, String(++runs), size, batches);
          nodes[0]!.time.now += 25 * 3600_000;
          await nodes[0]!.uploads.sweep();
          assert.deepEqual(await nodes[0]!.rows(), []);
          for (const { uploads } of nodes) await uploads.stop();
        },
      ),
      { numRuns: process.env.OPENVOD_SOAK ? 1000 : 50, interruptAfterTimeLimit: 60_000 },
    );
  });
});
