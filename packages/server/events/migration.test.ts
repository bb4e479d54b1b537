import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Migrator } from 'kysely/migration';
import { migrations } from '../database/migrations/index.ts';
import { anyTables } from '../testing/any-tables.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { APP, openEvents } from './testing/fixture.ts';

const NOW = Date.UTC(2026, 0, 1);
const envelope = (n: number) => ({ version: '4.0', eventType: 'NewFileUpload', data: { n } });

describeOnBothDatabases('events of version 0.1', (open) => {
  test('are delivered as they were written, in their order, before what comes later', async () => {
    await using fixture = await open({ migrated: false });
    const { database } = fixture;
    const older = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '007'));
    const provider = { getMigrations: async () => older };
    const { error } = await new Migrator({ db: anyTables(database.db), provider }).migrateToLatest();
    assert.equal(error, undefined);
    const rows = [1, 2, 3, 4].map((n) => ({
      id: String(n).padStart(19, '0'),
      app_id: n === 3 ? '1500000000' : APP,
      content: JSON.stringify(envelope(n)),
      created_at: NOW + n,
      visible_at: NOW + n,
      deliveries: 0,
    }));
    await anyTables(database.db).insertInto('events').values(rows).execute();

    await database.migrate();
    const { events, emit, pull } = openEvents(database, { clock: () => NOW + 1000 });
    await emit({ n: 5 });
    const pulled = await pull();
    assert.deepEqual(
      pulled.map(({ content }) => content),
      [envelope(1), envelope(2), envelope(4), { version: '4.0', eventType: 'Happened', data: { n: 5 } }],
    );
    await events.confirm(
      APP,
      pulled.map(({ handle }) => handle),
    );
    assert.deepEqual(
      (await pull('1500000000')).map(({ content }) => content),
      [envelope(3)],
    );
    const left = await anyTables(database.db).selectFrom('events').select('id').execute();
    assert.equal(left.length, 1);
  });
});
