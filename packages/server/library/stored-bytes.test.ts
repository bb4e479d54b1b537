import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { storedBytes } from './stored-bytes.ts';
import { tables } from './tables.ts';
import { APP, createFixture } from './testing/fixture.ts';
import { newRendition, newVideo } from './testing/media.ts';

const NOW = Date.UTC(2026, 0, 1);
const VIDEOS = ['101', '102', '103'];

type Step =
  | { do: 'create'; video: string; size: number }
  | { do: 'save'; video: string; run: number; sizes: [definition: number, size: number][] }
  | { do: 'delete'; video: string };

const video = fc.constantFrom(...VIDEOS);
const size = fc.nat(2 ** 40);
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('create' as const), video, size }),
    fc.record({
      ...{ do: fc.constant('save' as const), video, run: fc.integer({ min: 1, max: 3 }) },
      // The same definition may come twice, in one run as in the next; a run makes each once.
      sizes: fc.uniqueArray(fc.tuple(fc.constantFrom(210, 220), size), { selector: ([id]) => id }),
    }),
    fc.record({ do: fc.constant('delete' as const), video }),
  ),
  { minLength: 5, maxLength: 20 },
);

describeOnBothDatabases('what the files of an application take', (open) => {
  test('is what their rows add up to, whatever is made, replaced, refused and deleted', async () => {
    await using opened = await open();
    const { library, db, inTransaction } = createFixture(opened);

    async function apply(appId: string, step: Step): Promise<void> {
      const id = appId + step.video;
      if (step.do === 'create') {
        await inTransaction((trx) =>
          library.videos.create(trx, newVideo(appId, id, { size: step.size }), NOW),
        );
      } else if (step.do === 'save') {
        const made = step.sizes.map(([definition, totalSize]) => {
          return { ...newRendition(definition, `0123456789ab-${step.run}`), totalSize };
        });
        await inTransaction((trx) => library.outputs.save(trx, appId, id, made, NOW));
      } else await library.videos.delete(appId, id, 'medium', NOW);
    }

    async function addedUp(appId: string): Promise<number> {
      const outputs = tables(db).selectFrom('outputs').select('total_size').where('app_id', '=', appId);
      return (await outputs.execute()).reduce((sum, { total_size }) => sum + total_size, 0);
    }

    let runs = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const appId = String(1250000100 + runs++);
        for (const one of VIDEOS) await apply(appId, { do: 'create', video: one, size: 10 });
        // What cannot be (twice the same video, an output of none) is refused and must count for nothing.
        for (const step of list) await apply(appId, step).catch(() => {});
        assert.equal(await storedBytes(db, appId), await addedUp(appId));
      }),
      { numRuns: 30 },
    );
    assert.equal(await storedBytes(db, APP), 0, 'of another application nothing');
  });

  test('is right when many videos come and go at once', async () => {
    await using opened = await open();
    const { library, db, inTransaction } = createFixture(opened);
    await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const id = String(200 + i);
        await inTransaction((trx) => library.videos.create(trx, newVideo(APP, id, { size: 1000 }), NOW));
        await inTransaction((trx) =>
          library.outputs.save(trx, APP, id, [{ ...newRendition(210), totalSize: 100 }], NOW),
        );
        if (i % 2 === 0) await library.videos.delete(APP, id, 'medium', NOW);
      }),
    );
    assert.equal(await storedBytes(db, APP), 10 * 1100);
  });

  test('stays as it was when a transaction comes to nothing', async () => {
    await using opened = await open();
    const { library, db, inTransaction } = createFixture(opened);
    await inTransaction((trx) => library.videos.create(trx, newVideo(APP, '1', { size: 7 }), NOW));
    await assert.rejects(
      inTransaction(async (trx) => {
        await library.outputs.save(trx, APP, '1', [newRendition(210)], NOW);
        throw new Error('killed');
      }),
      /killed/,
    );
    assert.equal(await storedBytes(db, APP), 7);
  });
});
