import { DescribeVodInfo, type ParamsOf, parseDateTime } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { EVER, type Stretch } from '../catalogue/counting/spans.ts';
import { VideoGoneError } from '../videos/gone.ts';
import type { Video } from '../videos/types.ts';
import type { LibraryActionDeps } from './deps.ts';
import { statusOfCode, videoSummaryOf } from './views/video-summary.ts';

/** With fileIds the other parameters have no meaning: the documents offer one or the other. */
export const describeVodInfo = (deps: LibraryActionDeps) =>
  handler(DescribeVodInfo, async (params, { appId }) => {
    const { classes, database, addresses } = deps;
    const { total, videos } = params.fileIds?.length
      ? await byIds(deps, appId, params.fileIds)
      : await filtered(deps, appId, params);
    const nameOf = await classes.names(
      database.db,
      appId,
      videos.map(({ classId }) => classId),
    );
    return {
      totalCount: total,
      fileSet: videos.map((video) => videoSummaryOf(video, nameOf(video.classId), addresses)),
    };
  });

interface Found {
  total: number;
  videos: Video[];
}

/** Of several ids the unknown ones are left out; when none is known the answer is 10008. */
async function byIds(
  { library, database: { db } }: LibraryActionDeps,
  appId: string,
  ids: string[],
): Promise<Found> {
  const videos = await library.videos.getMany(db, appId, ids);
  if (videos.length === 0) throw new VideoGoneError(ids.join(', '));
  return { total: videos.length, videos };
}

async function filtered(
  { library, database: { db } }: LibraryActionDeps,
  appId: string,
  params: ParamsOf<typeof DescribeVodInfo>,
): Promise<Found> {
  const { pageNo, pageSize } = params;
  const classId = params.classId === ALL_CLASSES ? undefined : params.classId;
  const status = params.status === undefined ? undefined : statusOfCode(params.status);
  if (params.status !== undefined && status === undefined) return { total: 0, videos: [] };
  const page = { newestFirst: params.orderby === 1, skip: (pageNo - 1) * pageSize, take: pageSize };
  const { total, ids } = await library.catalogue.listByTime(
    db,
    appId,
    { classId, status, created: createdIn(params) },
    page,
  );
  return { total, videos: await library.videos.getMany(db, appId, ids) };
}

/** The root of the classes, and so all of them. */
const ALL_CLASSES = -1;

const NO_END = parseDateTime('2038-01-01 00:00:00')!;

/** Times on the wire have seconds: the whole second `to` belongs to the window. The default of `to` means no end. */
function createdIn({ from, to }: { from: number; to: number }): Stretch {
  return { from: Math.max(from, EVER.from), until: to >= NO_END ? EVER.until : to + 1000 };
}
