import { DescribeVodPlayInfo } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { LibraryActionDeps } from './deps.ts';
import { playInfoOf } from './views/play-info.ts';

/** Nothing found is an empty list, which is what callers of a list handle. */
export const describeVodPlayInfo = ({ library, database: { db }, addresses }: LibraryActionDeps) =>
  handler(DescribeVodPlayInfo, async ({ fileName, pageNo, pageSize, orderby }, { appId }) => {
    const page = { newestFirst: orderby === 1, skip: (pageNo - 1) * pageSize, take: pageSize };
    const { total, ids } = await library.catalogue.listByName(db, appId, fileName, page);
    const videos = await library.videos.getMany(db, appId, ids);
    const playable = await library.outputs.playableOf(db, appId, ids);
    return {
      totalCount: total,
      fileSet: videos.map((video) => playInfoOf(video, playable.get(video.id) ?? [], addresses)),
    };
  });
