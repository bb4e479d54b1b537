import type { Executor } from '../../../database/index.ts';
import { type CountedPiece, countPieces, matching, spansIn, totalOf } from '../counting/count.ts';
import { SPANS, type Stretch } from '../counting/spans.ts';
import type { Listed, Page, VideoFilter } from '../types.ts';

/** Up to here the database may well step over the skipped entries of the index one by one. */
const SHALLOW = 500;

/** Videos in the order of their creation; however deep the page, only a part of one hour is stepped over. */
export async function listByTime(
  db: Executor,
  appId: string,
  filter: VideoFilter,
  page: Page,
): Promise<Listed> {
  const pieces = await countPieces(db, appId, filter);
  const total = totalOf(pieces);
  if (page.skip >= total) return { total, ids: [] };
  const { from, until, skip } =
    page.skip <= SHALLOW
      ? { ...filter.created, skip: page.skip }
      : await seek(db, appId, filter, pieces, page);
  const direction = page.newestFirst ? 'desc' : 'asc';
  const created = page.newestFirst
    ? { from: filter.created.from, until }
    : { from, until: filter.created.until };
  const rows = await matching(db, appId, { ...filter, created })
    .select('id')
    .orderBy('created_at', direction)
    .orderBy('id', direction)
    .offset(skip)
    .limit(page.take)
    .execute();
  return { total, ids: rows.map(({ id }) => id) };
}

/** The shortest known stretch in which a page begins, and how many of its videos come before the page. */
async function seek(
  db: Executor,
  appId: string,
  filter: VideoFilter,
  pieces: CountedPiece[],
  { newestFirst, skip }: Page,
): Promise<Stretch & { skip: number }> {
  let place = find(pieces, skip, newestFirst);
  const { span } = place.piece;
  // A piece of many spans of its own length first, then of each shorter one.
  for (const shorter of SPANS) {
    if (span === null || shorter > span) continue;
    const within = await spansIn(db, appId, filter, { ...place.piece, span: shorter });
    place = find(within, place.skip, newestFirst);
  }
  return { from: place.piece.from, until: place.piece.until, skip: place.skip };
}

/** The piece that holds the element after `skip` others. */
function find(
  pieces: CountedPiece[],
  skip: number,
  newestFirst: boolean,
): { piece: CountedPiece; skip: number } {
  const ordered = newestFirst ? pieces.toReversed() : pieces;
  let left = skip;
  for (const piece of ordered) {
    if (left < piece.videos) return { piece, skip: left };
    left -= piece.videos;
  }
  // Videos were deleted since they were counted: the page begins where the list now ends.
  return { piece: ordered.at(-1)!, skip: left + ordered.at(-1)!.videos };
}
