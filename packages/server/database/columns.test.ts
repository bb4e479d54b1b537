import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anyTables } from '../testing/any-tables.ts';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { schemaTypes } from './testing/schema-types.ts';

/** Tables that libraries keep for themselves. */
const OTHERS = /^kysely_|^sqlite_/;

describeOnBothDatabases('the tables of a new database', (open) => {
  test('have exactly the columns that the types of the schema name', async () => {
    await using opened = await open();
    const { db, dialect } = opened.database;
    const types = await schemaTypes();
    const tables = (await anyTables(db).introspection.getTables()).filter(({ name }) => !OTHERS.test(name));
    assert.deepEqual(tables.map(({ name }) => name).sort(), [...types.keys()].sort());
    for (const { name, columns } of tables) {
      const found = columns.map((column) => (column.isNullable ? `${column.name}?` : column.name)).sort();
      // SQLite says of a key's columns that they may be null, as other databases never do.
      const plain = (list: string[]) =>
        dialect === 'sqlite' ? list.map((column) => column.replace('?', '')) : list;
      assert.deepEqual(plain(found), plain(types.get(name) ?? []).sort(), name);
    }
  });
});
