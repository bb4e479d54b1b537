import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';

const MIB = 1024 ** 2;
/** Free pages that the file is to have: enough for the rows of some thousands of deletions. Bytes. */
const RESERVE_BYTES = 8 * MIB;
/** In pieces that hold up nobody. Bytes. */
const PIECE_BYTES = MIB / 2;

/**
 * Sees to it that the database can go on for a while on a disk that is full, to delete videos first of all: the file gets free
 * pages within, and its log grows to the length from which SQLite begins it anew, so that neither has to grow when there is
 * no room. Files that are as large as they will be need no luck when something else fills the disk, as a reserve beside them
 * would. Does nothing while half of it is there. To be called now and then while there is room.
 */
export async function keepReserve(db: Kysely<unknown>): Promise<void> {
  // What a killed process was at.
  await sql`drop table if exists disk_reserve`.execute(db);
  if ((await freeBytes(db)) >= RESERVE_BYTES / 2) return;
  await sql`create table disk_reserve (bytes blob)`.execute(db);
  try {
    for (let bytes = 0; bytes < RESERVE_BYTES; bytes += PIECE_BYTES) {
      // Pages that are freed in the transaction that took them are never written, and so would not be on the disk.
      await sql`insert into disk_reserve values (zeroblob(${PIECE_BYTES}))`.execute(db);
      await setImmediate();
    }
    await sql`pragma wal_checkpoint(passive)`.execute(db);
  } finally {
    await sql`drop table disk_reserve`.execute(db);
  }
}

/** Bytes of the file that hold nothing. */
async function freeBytes(db: Kysely<unknown>): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select freelist_count * page_size as bytes from pragma_freelist_count, pragma_page_size`.execute(db);
  return rows[0]!.bytes;
}
