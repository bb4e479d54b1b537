import { DescribeVodPlayInfo } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { LibraryActionDeps } from './deps.ts';
import { coverUrlOf } from './views/cover-url.ts';
import { wholeSeconds } from './views/meta-data.ts';
import { playSetOf } from './views/play-set.ts';
import { STATUS_CODES } from './views/video-summary.ts';

/** Nothing found is an empty list, which is what callers of a list handle. */
export const describeVodPlayInfo = ({ library, database: { db }, addresses }: LibraryActionDeps) =>
  handler(DescribeVodPlayInfo, async ({ fileName, pageNo, pageSize, orderby }, { appId }) => {
    const page = { newestFirst: orderby === 1, skip: (pageNo - 1) * pageSize, take: pageSize };
    const { total, ids } = await library.catalogue.listByName(db, appId, fileName, page);
    const videos = await library.videos.getMany(db, appId, ids);
    const playable = await library.outputs.playableOf(db, appId, ids);
    return {
      totalCount: total,
      fileSet: videos.map((video) => {
        const imageUrl = coverUrlOf(video, addresses);
        return {
          fileId: video.id,
          fileName: video.name,
          duration: wholeSeconds(video.durationMs),
          status: String(STATUS_CODES[video.status]),
          imageUrl,
          // The oldest callers read the spelling of the oldest sample.
          image_url: imageUrl,
          playSet: playSetOf(video, playable.get(video.id) ?? [], addresses),
        };
      }),
    };
  });
