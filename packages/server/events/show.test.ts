import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAddresses } from '../common/addresses.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { tables } from './tables.ts';
import { openEvents } from './testing/fixture.ts';

describeOnBothDatabases('events that are shown', (open) => {
  test('addresses are those of the moment of reading', async () => {
    await using fixture = await open();
    const before = openEvents(fixture.database, { addresses: createAddresses('https://old.example.com') });
    await before.emit({ key: 'vod1/2/f0.mp4' });
    const after = openEvents(fixture.database, {
      addresses: createAddresses('https://new.example.com/cdn/'),
    });
    const [event] = await after.pull();
    assert.equal(event!.content.data.url, 'https://new.example.com/cdn/vod1/2/f0.mp4');
  });

  test('what cannot be shown holds up nothing, and is told why', async () => {
    await using fixture = await open();
    const { emit, pull } = openEvents(fixture.database, { config: { maxPull: 2 } });
    for (const payload of [{ fails: true }, { fails: true }, { n: 1 }, { fails: true }, { n: 2 }]) {
      await emit(payload);
    }
    const seen = [...(await pull()), ...(await pull()), ...(await pull())];
    assert.deepEqual(
      seen.map(({ content }) => content.data.n),
      [1, 2],
    );
    const { db } = fixture.database;
    const aside = await tables(db)
      .selectFrom('events')
      .select('fault')
      .where('fault', 'is not', null)
      .execute();
    assert.deepEqual(
      aside.map(({ fault }) => fault),
      Array(3).fill('no view of that'),
    );
  });

  test('what was set aside is tried again at the next start, and is not lost when that fails again', async () => {
    await using fixture = await open();
    const { db } = fixture.database;
    const { emit, pull } = openEvents(fixture.database);
    const start = async () => {
      const { events } = openEvents(fixture.database);
      events.start();
      await events.stop();
    };
    await emit({ fails: true });
    assert.deepEqual(await pull(), []);
    await start();
    assert.deepEqual(await pull(), []);
    // As if another version of the service could show it.
    await tables(db).updateTable('events').set({ payload: '{"n":1}' }).execute();
    assert.deepEqual(await pull(), [], 'not before a start');
    await start();
    const [event] = await pull();
    assert.equal(event!.content.data.n, 1);
  });

  test('a type that this version does not know is set aside, not lost', async () => {
    await using fixture = await open();
    const { emit, pull } = openEvents(fixture.database);
    await emit({ n: 1 });
    await tables(fixture.database.db).updateTable('events').set({ type: 'of.tomorrow' }).execute();
    assert.deepEqual(await pull(), []);
    const [row] = await tables(fixture.database.db).selectFrom('events').select('fault').execute();
    assert.match(row!.fault!, /of\.tomorrow/);
  });
});
