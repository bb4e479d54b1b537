import { type Selectable, sql } from 'kysely';
import { dialectOf, type Executor, type Place, prepared } from '../../database/index.ts';
import type { JobWatermark, PreparedProcedure } from '../../processing/index.ts';
import { tables, type UploadPartsTable, type UploadSessionsTable } from '../tables.ts';
import type { Range } from './ranges.ts';

export type Session = Selectable<UploadSessionsTable>;
/** What is to be made of a file, as it was promised when its upload began. */
export interface Wishes {
  /** Over the transcodes. */
  watermark: JobWatermark | null;
  procedure: PreparedProcedure | null;
}

/** As a session keeps them. */
export function keptWishes({ watermark, procedure }: Wishes): Pick<Session, keyof Wishes> {
  return {
    watermark: watermark ? JSON.stringify(watermark) : '',
    procedure: procedure ? JSON.stringify(procedure) : '',
  };
}

export function wishesOf({ watermark, procedure }: Pick<Session, keyof Wishes>): Wishes {
  return {
    watermark: watermark === '' ? null : (JSON.parse(watermark) as JobWatermark),
    procedure: procedure === '' ? null : (JSON.parse(procedure) as PreparedProcedure),
  };
}

export type StoredPart = Omit<UploadPartsTable, 'session_id'>;

/** No part is larger (docs/wire/uploads.md), bytes. */
const MAX_PART_BYTES = 5 * 1024 * 1024;
/** How exactly it is known when a session got its last part, ms. */
const TOUCH_MS = 60_000;

/** Undefined when it is gone. */
export async function statusOf(db: Executor, id: string): Promise<Session['status'] | undefined> {
  const row = await tables(db)
    .selectFrom('upload_sessions')
    .select('status')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.status;
}

/** False when there is a session of this file already. */
export async function insertSession(trx: Executor, session: Session): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tables(trx)
    .insertInto('upload_sessions')
    .values(session)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows) > 0;
}

/** Changes a session, if it is still in one of these states; false otherwise. Until the transaction ends, it is ours. */
export async function updateSession(
  trx: Executor,
  id: string,
  statuses: readonly Session['status'][],
  changes: Partial<Session>,
): Promise<boolean> {
  const { numUpdatedRows } = await tables(trx)
    .updateTable('upload_sessions')
    .set(changes)
    .where('id', '=', id)
    .where('status', 'in', statuses)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows) > 0;
}

export async function deleteSession(trx: Executor, id: string): Promise<void> {
  await deleteParts(trx, id);
  await tables(trx).deleteFrom('upload_sessions').where('id', '=', id).execute();
}

/** What the unfinished uploads of an application have announced together, bytes. */
export async function unfinishedBytes(trx: Executor, appId: string): Promise<number> {
  const { bytes } = await tables(trx)
    .selectFrom('upload_sessions')
    .select((eb) => eb.fn.sum<number | string | null>('size').as('bytes'))
    .where('app_id', '=', appId)
    // In the words of the index, which SQLite takes for no other.
    .where(sql<boolean>`status in ('open', 'sealed')`)
    .executeTakeFirstOrThrow();
  return Number(bytes ?? 0);
}

export async function deleteParts(trx: Executor, sessionId: string): Promise<void> {
  await tables(trx).deleteFrom('upload_parts').where('session_id', '=', sessionId).execute();
}

/**
 * Notes that an open session is in use; false when it is not open. Until the transaction ends, it is ours. Written down no
 * more than once a minute: it would be most of what a part writes.
 */
export async function touchOpen(trx: Executor, id: string, now: number): Promise<boolean> {
  const { rows } = await openSession(trx, { id });
  const [session] = rows;
  if (!session) return false;
  const age = now - session.touched_at;
  return Math.abs(age) < TOUCH_MS || updateSession(trx, id, ['open'], { touched_at: now });
}

const openSession = prepared((db, value: Place<{ id: string }>) => {
  const query = tables(db)
    .selectFrom('upload_sessions')
    .select('touched_at')
    .where('id', '=', value('id'))
    .where('status', '=', 'open');
  // SQLite has one writer at a time.
  return dialectOf(db) === 'postgres' ? query.forUpdate() : query;
});

/** All stored parts, in order. */
export async function storedParts(db: Executor, sessionId: string): Promise<StoredPart[]> {
  return parts(db, sessionId).execute();
}

/** The stored parts that have a byte of `range`, in order. */
export async function partsWithin(db: Executor, sessionId: string, range: Range): Promise<StoredPart[]> {
  const { rows } = await partsBetween(db, {
    sessionId,
    after: range.offset - MAX_PART_BYTES,
    before: range.offset + range.size,
  });
  return rows.filter(({ offset, size }) => offset + size > range.offset);
}

const partsBetween = prepared((db, value: Place<{ sessionId: string; after: number; before: number }>) =>
  parts(db, value('sessionId')).where('offset', '>', value('after')).where('offset', '<', value('before')),
);

export async function insertParts(
  trx: Executor,
  sessionId: string,
  parts: readonly StoredPart[],
): Promise<void> {
  for (const part of parts) await insertPart(trx, { ...part, session_id: sessionId });
}

const insertPart = prepared((db, value: Place<UploadPartsTable>) =>
  tables(db)
    .insertInto('upload_parts')
    .values({
      session_id: value('session_id'),
      offset: value('offset'),
      size: value('size'),
      md5: value('md5'),
    }),
);

/** Sessions in one of these states that nobody touched since `touchedBefore`, the oldest first. */
export async function idleSessions(
  db: Executor,
  statuses: readonly Session['status'][],
  touchedBefore: number,
  limit: number,
): Promise<Session[]> {
  return tables(db)
    .selectFrom('upload_sessions')
    .selectAll()
    .where('status', 'in', statuses)
    .where('touched_at', '<', touchedBefore)
    .orderBy('touched_at')
    .limit(limit)
    .execute();
}

function parts(db: Executor, sessionId: string) {
  return tables(db)
    .selectFrom('upload_parts')
    .select(['offset', 'size', 'md5'])
    .where('session_id', '=', sessionId)
    .orderBy('offset');
}

/** Uploads that have begun and are not finished: at most `COUNTED`, as counting goes through what it counts. */
export async function countOpen(db: Executor): Promise<number> {
  const { count } = await tables(db)
    .selectFrom((eb) =>
      eb
        .selectFrom('upload_sessions')
        .select('status')
        .where('status', 'in', ['open', 'sealed'])
        .limit(COUNTED)
        .as('some'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

const COUNTED = 100_000;
