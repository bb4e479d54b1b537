import type { Kysely } from 'kysely';

/** An upload keeps what is to be made of its file, as it was promised when the upload began. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['watermark', 'procedure']) {
    await db.schema
      .alterTable('upload_sessions')
      .addColumn(column, 'text', (definition) => definition.notNull().defaultTo(''))
      .execute();
  }
}
