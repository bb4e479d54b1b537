import type { Executor } from '../../../database/index.ts';
import { tables } from '../../tables.ts';
import { EVER } from '../counting/spans.ts';
import type { Listed, Page } from '../types.ts';
import { listByTime } from './by-time.ts';
import { prefixRange } from './prefix.ts';

/** So many matches are sorted at once; with more, the way along the time index meets enough of them soon. */
const SORTED_AT_MOST = 5000;

/** SQLite works within our process: after so many entries of an index, a few ms, others get their turn. */
const COUNTED_AT_ONCE = 5000;
const WALKED_AT_ONCE = 2000;

/**
 * Videos whose names begin with `prefix`, in the order of their creation; every character stands for itself.
 * The count is exact: it steps through the matches in the index of names (about 0.1 s for a million).
 */
export async function listByName(db: Executor, appId: string, prefix: string, page: Page): Promise<Listed> {
  // Names hold no NUL, and PostgreSQL would not even take one.
  if (prefix.includes('\0')) return { total: 0, ids: [] };
  const total = await countByName(db, appId, prefix);
  if (page.skip >= total) return { total, ids: [] };
  if (total <= SORTED_AT_MOST) return { total, ids: await sortMatches(db, appId, prefix, page) };
  const all = await listByTime(db, appId, { created: EVER }, page);
  if (all.total === total) return all;
  return { total, ids: await walk(db, appId, prefix, page) };
}

async function countByName(db: Executor, appId: string, prefix: string): Promise<number> {
  let counted = 0;
  let last: NameEntry | undefined;
  for (;;) {
    const entry = await named(db, appId, prefix, last)
      .select(['name', 'created_at', 'id'])
      .orderBy('name')
      .orderBy('created_at')
      .orderBy('id')
      .offset(COUNTED_AT_ONCE - 1)
      .limit(1)
      .executeTakeFirst();
    if (!entry) break;
    last = entry;
    counted += COUNTED_AT_ONCE;
    await othersTurn();
  }
  const rest = await named(db, appId, prefix, last)
    .select((columns) => columns.fn.countAll<number>().as('videos'))
    .executeTakeFirst();
  return counted + Number(rest?.videos ?? 0);
}

async function sortMatches(
  db: Executor,
  appId: string,
  prefix: string,
  { newestFirst, skip, take }: Page,
): Promise<string[]> {
  const direction = newestFirst ? 'desc' : 'asc';
  const rows = await named(db, appId, prefix)
    .select('id')
    .orderBy('created_at', direction)
    .orderBy('id', direction)
    .offset(skip)
    .limit(take)
    .execute();
  return rows.map(({ id }) => id);
}

/** Goes through all videos in the order of their creation until the page is full. */
async function walk(
  db: Executor,
  appId: string,
  prefix: string,
  { newestFirst, skip, take }: Page,
): Promise<string[]> {
  const direction = newestFirst ? 'desc' : 'asc';
  const ids: string[] = [];
  let last = { created_at: newestFirst ? EVER.until : -1, id: '' };
  for (;;) {
    const { created_at, id } = last;
    const rows = await tables(db)
      .selectFrom('videos')
      .select(['id', 'name', 'created_at'])
      .where('app_id', '=', appId)
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('created_at', 'id'), newestFirst ? '<' : '>', tuple(created_at, id)),
      )
      .orderBy('created_at', direction)
      .orderBy('id', direction)
      .limit(WALKED_AT_ONCE)
      .execute();
    for (const { id, name } of rows) if (name.startsWith(prefix)) ids.push(id);
    const end = rows.at(-1);
    if (!end || ids.length >= skip + take) return ids.slice(skip, skip + take);
    last = end;
    await othersTurn();
  }
}

interface NameEntry {
  name: string;
  created_at: number;
  id: string;
}

/** The entries of the name index with this prefix, those behind `last` only. */
function named(db: Executor, appId: string, prefix: string, last?: NameEntry) {
  const { from, below } = prefixRange(prefix.toWellFormed());
  let query = tables(db).selectFrom('videos').where('app_id', '=', appId);
  if (below !== null) query = query.where('name', '<', below);
  if (!last) return query.where('name', '>=', from);
  return query.where(({ eb, refTuple, tuple }) =>
    eb(refTuple('name', 'created_at', 'id'), '>', tuple(last.name, last.created_at, last.id)),
  );
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
