import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { describeOnBothDatabases } from '../../../testing/databases.ts';
import { APP, createFixture, type Fixture } from '../../testing/fixture.ts';
import { newVideo } from '../../testing/media.ts';
import type { VideoStatus } from '../../videos/types.ts';
import type { VideoFilter } from '../types.ts';

const HOUR = 3600_000;
const START = Date.UTC(2025, 11, 31, 22, 30);
const STATUSES: VideoStatus[] = ['normal', 'waiting', 'transcoding', 'transcodeFailed'];

type Step =
  | { do: 'create'; classIndex: number; at: number }
  | { do: 'move'; video: number; classIndex: number }
  | { do: 'status'; video: number; status: VideoStatus }
  | { do: 'delete'; video: number }
  | { do: 'deleteClass'; classIndex: number };

const index = fc.nat({ max: 40 });
const at = fc.oneof(
  fc.integer({ min: 0, max: 3 * HOUR }),
  fc.integer({ min: 0, max: 100 * 24 * HOUR }),
  fc.constantFrom(0, HOUR / 2, HOUR / 2 - 1),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('create' as const), classIndex: index, at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), video: index, classIndex: index }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('status' as const),
      video: index,
      status: fc.constantFrom(...STATUSES),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), video: index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deleteClass' as const), classIndex: index }) },
);
const edge = fc.option(at, { nil: undefined });

interface ModelVideo {
  id: string;
  classId: number;
  status: VideoStatus;
  createdAt: number;
}

/** What the library should know, in the plainest way. */
class Model {
  classes = [0];
  videos: ModelVideo[] = [];
  #lastId = 0;
  readonly #fixture: Fixture;

  constructor(fixture: Fixture) {
    this.#fixture = fixture;
  }

  async apply(step: Step): Promise<void> {
    const { call, inTransaction, library } = this.#fixture;
    const classId = 'classIndex' in step ? this.classes[step.classIndex % this.classes.length]! : 0;
    const video = 'video' in step ? this.videos[step.video % this.videos.length] : undefined;
    if (step.do === 'create') {
      const created = {
        id: String(++this.#lastId),
        classId,
        status: 'normal' as const,
        createdAt: START + step.at,
      };
      await inTransaction((trx) =>
        library.videos.create(trx, newVideo(APP, created.id, { classId }), created.createdAt),
      );
      this.videos.push(created);
    } else if (step.do === 'deleteClass' && classId !== 0) {
      await call('DeleteClass', { classId: String(classId) });
      this.classes = this.classes.filter((id) => id !== classId);
      for (const inIt of this.videos) if (inIt.classId === classId) inIt.classId = 0;
    } else if (video && step.do === 'move') {
      await call('ModifyVodInfo', { fileId: video.id, classId: String(classId) });
      video.classId = classId;
    } else if (video && step.do === 'status') {
      await inTransaction((trx) => library.videos.change(trx, APP, video.id, { status: step.status }, START));
      video.status = step.status;
    } else if (video && step.do === 'delete') {
      await call('DeleteVodFile', { fileId: video.id, priority: '0' });
      this.videos = this.videos.filter((other) => other !== video);
    }
  }

  matching({ classId, status, created }: VideoFilter): string[] {
    return this.videos
      .filter((video) => classId === undefined || video.classId === classId)
      .filter((video) => status === undefined || video.status === status)
      .filter((video) => video.createdAt >= created.from && video.createdAt < created.until)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
  }
}

describeOnBothDatabases('counts', (open) => {
  test('any list has exactly the videos that it should, and says how many', async () => {
    await using opened = await open();
    const fixture = createFixture(opened);
    const model = new Model(fixture);
    for (const className of ['a', 'b', 'c']) {
      model.classes.push(Number((await fixture.call('CreateClass', { className })).newClassId));
    }
    const round = fc.record({
      steps: fc.array(step, { minLength: 1, maxLength: 6 }),
      classIndex: fc.option(index, { nil: undefined }),
      status: fc.option(fc.constantFrom(...STATUSES), { nil: undefined }),
      from: edge,
      until: edge,
      newestFirst: fc.boolean(),
      skip: fc.nat({ max: 20 }),
      take: fc.integer({ min: 1, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(round, async ({ steps, classIndex, status, from, until, ...page }) => {
        for (const each of steps) await model.apply(each);
        const filter = {
          classId: classIndex === undefined ? undefined : model.classes[classIndex % model.classes.length],
          status,
          created: {
            from: from === undefined ? 0 : START + from,
            until: until === undefined ? 2 ** 42 : START + until,
          },
        };
        const expected = model.matching(filter);
        const { total, ids } = await fixture.library.catalogue.listByTime(fixture.db, APP, filter, page);
        assert.equal(total, expected.length);
        const ordered = page.newestFirst ? expected.toReversed() : expected;
        assert.deepEqual(ids, ordered.slice(page.skip, page.skip + page.take));
      }),
      { numRuns: 60 },
    );
    assert.ok(model.videos.length > 10);
  });
});
