import type { Kysely } from 'kysely';

/** Texts that people put at moments of a video. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('video_marks')
    .addColumn('video_id', 'text', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('video_marks_key', ['video_id', 'at_ms'])
    .execute();
}
