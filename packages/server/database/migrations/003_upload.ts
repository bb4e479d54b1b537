import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('upload_sessions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('sha1', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('cover_of', 'text', (column) => column.notNull())
    .addColumn('part_size', 'integer', (column) => column.notNull())
    .addColumn('announced_part_size', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('class_id', 'bigint', (column) => column.notNull())
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('transcode', 'integer', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('file_id', 'text', (column) => column.notNull())
    .addColumn('object_key', 'text', (column) => column.notNull())
    .addColumn('announced_at', 'bigint', (column) => column.notNull())
    .addColumn('touched_at', 'bigint', (column) => column.notNull())
    .execute();
  // One upload of a file at a time; discarded ones only wait to be cleaned up.
  await db.schema
    .createIndex('upload_sessions_key')
    .unique()
    .on('upload_sessions')
    .columns(['app_id', 'sha1', 'size', 'cover_of'])
    .where(sql.ref('status'), '<>', sql.lit('discarded'))
    .execute();
  await db.schema
    .createIndex('upload_sessions_by_age')
    .on('upload_sessions')
    .columns(['status', 'touched_at'])
    .execute();
  await db.schema
    .createTable('upload_parts')
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('offset', 'bigint', (column) => column.notNull())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('md5', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('upload_parts_pk', ['session_id', 'offset'])
    .execute();
}
