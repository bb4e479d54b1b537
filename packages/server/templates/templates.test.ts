import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anyTables } from '../testing/any-tables.ts';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import { createTemplates, KINDS, type NewTemplate } from './index.ts';
import { FIRST_OWN_ID, presetOf, presetsOf } from './presets.ts';

const APP = '1250000001';
const OTHER = '1250000002';

const transcode = presetOf('transcode', 30)!.body;
const wish: NewTemplate<'transcode'> = { name: 'hd', description: 'for phones', body: transcode };
const picture: NewTemplate<'snapshot'> = {
  body: { format: 'jpg', width: 640, height: null, fill: 'stretch' },
};

function roomOn({ database }: Pick<TestDatabase, 'database'>) {
  return { db: database.db, ...createTemplates({ database }) };
}

const idsOf = (templates: readonly { id: number }[]) => templates.map(({ id }) => id);

describeOnBothDatabases('templates', (open) => {
  test('are given out as they were made, beside the presets', async () => {
    await using opened = await open();
    const { db, templates } = roomOn(opened);
    const made = await templates.create(APP, 'transcode', wish, 1000);
    const expected = {
      ...{ kind: 'transcode', id: 1_000_001, name: 'hd', description: 'for phones', body: transcode },
      ...{ isPreset: false, createdAt: 1000, updatedAt: 1000 },
    };
    assert.deepEqual(made, expected);
    assert.deepEqual(await templates.get(db, APP, 'transcode', made.id), expected);
    const many = await templates.getMany(db, APP, 'transcode', [30, 999, made.id, 1_000_002]);
    assert.deepEqual([...many.keys()], [30, made.id]);
    assert.deepEqual(many.get(30), presetOf('transcode', 30));
    assert.equal(await templates.get(db, APP, 'transcode', 2 ** 53 - 1), null);
  });

  test('that are required come in the order asked, each once; one that is missing refuses all', async () => {
    await using opened = await open();
    const { db, templates } = roomOn(opened);
    const { id } = await templates.create(APP, 'transcode', wish, 1000);
    const found = await templates.require(db, APP, 'transcode', [id, 10, id, 6]);
    assert.deepEqual(idsOf(found), [id, 10, 6]);
    assert.deepEqual(await templates.require(db, APP, 'transcode', []), []);
    for (const missing of [999, 0, -1, FIRST_OWN_ID + 7])
      await assert.rejects(templates.require(db, APP, 'transcode', [10, missing]), {
        ...{ kind: 'definition.notFound', message: `there is no definition ${missing}` },
        field: 'transcode.definition',
      });
  });

  test('belong to one application and one kind: to all others they are not there', async () => {
    await using opened = await open();
    const { db, templates } = roomOn(opened);
    const { id } = await templates.create(APP, 'transcode', wish, 1000);
    assert.equal(await templates.get(db, OTHER, 'transcode', id), null);
    assert.equal(await templates.get(db, APP, 'snapshot', id), null);
    assert.equal((await templates.getMany(db, OTHER, 'transcode', [id])).size, 0);
    await assert.rejects(templates.require(db, OTHER, 'transcode', [id]), { kind: 'definition.notFound' });
    assert.deepEqual(await templates.list(db, OTHER, 'transcode'), presetsOf('transcode'));
    const notThere = { kind: 'template.notFound', field: 'id' };
    await assert.rejects(templates.change(OTHER, 'transcode', id, { name: 'x' }, 2000), notThere);
    await assert.rejects(templates.remove(OTHER, 'transcode', id), notThere);
    await assert.rejects(templates.remove(APP, 'snapshot', id), notThere);
    assert.equal((await templates.get(db, APP, 'transcode', id))?.name, 'hd');
  });

  test('have ids from 1,000,001 in every kind and application, never the same twice', async () => {
    await using opened = await open();
    const { templates } = roomOn(opened);
    const create = () => templates.create(APP, 'transcode', wish, 1000);
    assert.equal((await create()).id, 1_000_001);
    assert.equal((await create()).id, 1_000_002);
    assert.equal((await templates.create(APP, 'snapshot', picture, 1000)).id, 1_000_001);
    assert.equal((await templates.create(OTHER, 'transcode', wish, 1000)).id, 1_000_001);
    await templates.remove(APP, 'transcode', 1_000_002);
    await templates.remove(APP, 'transcode', 1_000_001);
    assert.equal((await create()).id, 1_000_003);
  });

  test('made at the same time get different ids, also while others go', async () => {
    await using opened = await open();
    const { templates } = roomOn(opened);
    const given: number[] = [];
    const makeAndRemove = async () => {
      const { id } = await templates.create(APP, 'transcode', wish, 1000);
      given.push(id);
      await templates.remove(APP, 'transcode', id);
    };
    await Promise.all(Array.from({ length: 12 }, makeAndRemove));
    assert.deepEqual(
      given.toSorted((a, b) => a - b),
      Array.from({ length: 12 }, (_, n) => FIRST_OWN_ID + n),
    );
  });

  test('are limited in number by kind, however many are made at the same time', async () => {
    await using opened = await open();
    const { db, templates } = roomOn(opened);
    const { limit } = KINDS.transcode;
    const made = await Promise.allSettled(
      Array.from({ length: limit + 3 }, () => templates.create(APP, 'transcode', wish, 1000)),
    );
    const refused = made.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    assert.deepEqual(
      refused.map(({ reason }) => reason.kind),
      Array(3).fill('template.limit'),
    );
    await templates.create(APP, 'snapshot', picture, 1000);
    await templates.create(OTHER, 'transcode', wish, 1000);
    const own = (await templates.list(db, APP, 'transcode')).filter(({ isPreset }) => !isPreset);
    assert.equal(own.length, limit);
    await templates.remove(APP, 'transcode', own[0]!.id);
    await templates.create(APP, 'transcode', wish, 1000);
  });

  test('are listed own ones first, then presets, and can be read in pieces', async () => {
    await using opened = await open();
    const { db, templates } = roomOn(opened);
    const first = await templates.create(APP, 'transcode', wish, 1000);
    const second = await templates.create(APP, 'transcode', { ...wish, name: 'sd' }, 1000);
    const all = await templates.list(db, APP, 'transcode');
    assert.deepEqual(idsOf(all), [first.id, second.id, ...idsOf(presetsOf('transcode'))]);
    const pieces: number[] = [];
    for (let after: number | undefined; ; after = pieces.at(-1)) {
      const piece = await templates.list(db, APP, 'transcode', { limit: 3, ...(after && { after }) });
      pieces.push(...idsOf(piece));
      if (piece.length < 3) break;
    }
    assert.deepEqual(pieces, idsOf(all));
    assert.deepEqual(idsOf(await templates.list(db, APP, 'transcode', { name: 'sd' })), [second.id]);
    assert.deepEqual(await templates.list(db, APP, 'transcode', { name: 's' }), []);
    await templates.remove(APP, 'transcode', first.id);
    const rest = await templates.list(db, APP, 'transcode', { after: first.id, limit: 2 });
    assert.deepEqual(idsOf(rest), [second.id, 6]);
  });

  test('are changed in what a change says; all else stays', async () => {
    await using opened = await open();
    const { db, templates } = roomOn(opened);
    const { id } = await templates.create(APP, 'transcode', wish, 1000);
    const bitrate = { body: { video: { bitrate: 900_000 } } };
    const changed = await templates.change(APP, 'transcode', id, bitrate, 2000);
    const expected = {
      ...{ kind: 'transcode', id, name: 'hd', description: 'for phones', isPreset: false },
      ...{ body: { ...transcode, video: { ...transcode.video, bitrate: 900_000 } } },
      ...{ createdAt: 1000, updatedAt: 2000 },
    };
    assert.deepEqual(changed, expected);
    assert.deepEqual(await templates.get(db, APP, 'transcode', id), expected);
    await templates.change(APP, 'transcode', id, { name: '', description: '手机' }, 3000);
    await templates.change(APP, 'transcode', id, { body: { audio: null } }, 4000);
    assert.deepEqual(await templates.get(db, APP, 'transcode', id), {
      ...expected,
      ...{ name: '', description: '手机', body: { ...expected.body, audio: null }, updatedAt: 4000 },
    });
  });

  test('that are changed several times at once have all changes', async () => {
    await using opened = await open();
    const { db, templates } = roomOn(opened);
    const { id } = await templates.create(APP, 'transcode', wish, 1000);
    // The first rounds may still open connections one after the other.
    for (let round = 1; round <= 10; round++) {
      const [fps, bitrate, sound] = [30 + round, 800_000 + round, 64_000 + round];
      await Promise.all([
        templates.change(APP, 'transcode', id, { body: { video: { fps } } }, 2000),
        templates.change(APP, 'transcode', id, { body: { video: { bitrate } } }, 2000),
        templates.change(APP, 'transcode', id, { body: { audio: { bitrate: sound } } }, 2000),
      ]);
      const { video, audio } = (await templates.get(db, APP, 'transcode', id))!.body;
      assert.deepEqual([video?.fps, video?.bitrate, audio?.bitrate], [fps, bitrate, sound]);
    }
  });

  test('that make no sense are neither made nor kept', async () => {
    await using opened = await open();
    const { db, templates } = roomOn(opened);
    const nonsense = { ...transcode, video: { ...transcode.video!, bitrate: -1 } };
    const invalid = { kind: 'template.invalid', field: 'video.bitrate' };
    await assert.rejects(templates.create(APP, 'transcode', { body: nonsense }, 1000), invalid);
    const control = { kind: 'parameter.refused', field: 'name' };
    await assert.rejects(templates.create(APP, 'transcode', { ...wish, name: 'a\0' }, 1000), control);
    const { id } = await templates.create(APP, 'transcode', wish, 1000);
    const video = { bitrate: -1 };
    await assert.rejects(templates.change(APP, 'transcode', id, { body: { video } }, 2000), invalid);
    await assert.rejects(templates.change(APP, 'transcode', id, { name: 'a\0' }, 2000), control);
    const nothing = { body: { video: null, audio: null } };
    await assert.rejects(templates.change(APP, 'transcode', id, nothing, 2000), { kind: 'template.invalid' });
    const kept = await templates.get(db, APP, 'transcode', id);
    assert.deepEqual([id, kept?.name, kept?.updatedAt, kept?.body], [1_000_001, 'hd', 1000, transcode]);
  });

  test('that are presets can be neither changed nor removed', async () => {
    await using opened = await open();
    const { db, templates } = roomOn(opened);
    const builtIn = { kind: 'template.builtIn', field: 'id' };
    await assert.rejects(templates.change(APP, 'transcode', 30, { name: 'x' }, 1000), builtIn);
    await assert.rejects(templates.remove(APP, 'snapshot', 10), builtIn);
    assert.deepEqual(await templates.list(db, APP, 'transcode'), presetsOf('transcode'));
    await assert.rejects(templates.remove(APP, 'snapshot', 20), { kind: 'template.notFound' });
  });

  test('are seen as they are in a transaction that asks', async () => {
    await using opened = await open();
    const { templates } = roomOn(opened);
    const { id } = await templates.create(APP, 'transcode', wish, 1000);
    await opened.database.transaction(async (trx) => {
      await anyTables(trx).updateTable('templates').set({ name: 'mine' }).execute();
      const [found] = await templates.require(trx, APP, 'transcode', [id]);
      assert.equal(found?.name, 'mine');
    });
  });
});
