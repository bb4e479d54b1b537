import { type Kysely, type RawBuilder, sql } from 'kysely';
import { dialectOf } from '../executor.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Prefixes are ranges in byte order; SQLite compares like that anyway.
  const text = dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`;
  await createVideos(db, text);
  await createRenditions(db, text);
  await createClasses(db, text);
  await createVideoCounts(db, text);
  await createDeletions(db, text);
}

type Text = RawBuilder<unknown>;

async function createVideos(db: Kysely<unknown>, text: Text): Promise<void> {
  await db.schema
    .createTable('videos')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('class_id', 'bigint', (column) => column.notNull())
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('duration_ms', 'bigint', (column) => column.notNull())
    .addColumn('sha1', text, (column) => column.notNull())
    .addColumn('md5', 'text', (column) => column.notNull())
    .addColumn('source_key', 'text', (column) => column.notNull())
    .addColumn('cover_key', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('source_type', 'text', (column) => column.notNull())
    .addColumn('source_context', 'text', (column) => column.notNull())
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('info', 'text')
    .execute();
  // Each list has an index that holds its filter, its order and the id: pages are found without touching a row.
  const indexes: Record<string, string[]> = {
    videos_by_time: ['app_id', 'created_at', 'id'],
    videos_by_class: ['app_id', 'class_id', 'created_at', 'id'],
    videos_by_status: ['app_id', 'status', 'created_at', 'id'],
    videos_by_class_and_status: ['app_id', 'class_id', 'status', 'created_at', 'id'],
    videos_by_name: ['app_id', 'name', 'created_at', 'id'],
    videos_by_content: ['app_id', 'sha1', 'created_at'],
  };
  for (const [name, columns] of Object.entries(indexes)) {
    await db.schema.createIndex(name).on('videos').columns(columns).execute();
  }
  await db.schema
    .createIndex('videos_by_expiry')
    .on('videos')
    .column('expires_at')
    .where(sql.ref('expires_at'), 'is not', null)
    .execute();
}

async function createRenditions(db: Kysely<unknown>, text: Text): Promise<void> {
  await db.schema
    .createTable('renditions')
    .addColumn('video_id', text, (column) => column.notNull())
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('definition', 'integer', (column) => column.notNull())
    .addColumn('object_key', 'text', (column) => column.notNull())
    .addColumn('container', 'text', (column) => column.notNull())
    .addColumn('bitrate', 'bigint', (column) => column.notNull())
    .addColumn('video_bitrate', 'bigint', (column) => column.notNull())
    .addColumn('width', 'integer', (column) => column.notNull())
    .addColumn('height', 'integer', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('total_size', 'bigint', (column) => column.notNull())
    .addColumn('duration_ms', 'bigint', (column) => column.notNull())
    .addColumn('md5', 'text', (column) => column.notNull())
    .addColumn('info', 'text')
    .addPrimaryKeyConstraint('renditions_key', ['video_id', 'definition'])
    .execute();
  // All that DescribeVodPlayUrls answers, side by side.
  await db.schema
    .createIndex('renditions_for_playback')
    .on('renditions')
    .columns(['video_id', 'app_id', 'definition', 'object_key', 'video_bitrate', 'height', 'width'])
    .execute();
}

async function createClasses(db: Kysely<unknown>, text: Text): Promise<void> {
  await db.schema
    .createTable('class_trees')
    .addColumn('app_id', text, (column) => column.primaryKey())
    .addColumn('last_class_id', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('classes')
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('id', 'bigint', (column) => column.notNull())
    .addColumn('parent_id', 'bigint', (column) => column.notNull())
    .addColumn('level', 'integer', (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('classes_key', ['app_id', 'id'])
    .addUniqueConstraint('classes_by_name', ['app_id', 'parent_id', 'name'])
    .execute();
}

async function createVideoCounts(db: Kysely<unknown>, text: Text): Promise<void> {
  await db.schema
    .createTable('video_counts')
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('class_id', 'bigint', (column) => column.notNull())
    .addColumn('span', 'bigint', (column) => column.notNull())
    .addColumn('starts_at', 'bigint', (column) => column.notNull())
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('videos', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('video_counts_key', ['app_id', 'class_id', 'span', 'starts_at', 'status'])
    .execute();
}

async function createDeletions(db: Kysely<unknown>, text: Text): Promise<void> {
  await db.schema
    .createTable('deletions')
    .addColumn('video_id', text, (column) => column.primaryKey())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('announced', 'integer', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('deletions_by_due').on('deletions').column('due_at').execute();
}
