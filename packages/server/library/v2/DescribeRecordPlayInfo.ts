import { DescribeRecordPlayInfo } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { LibraryActionDeps } from './deps.ts';
import { playInfoOf } from './views/play-info.ts';
import { videoIdOf } from './views/vid.ts';

/** An unknown vid is an empty list, which is what callers of a list handle. */
export const describeRecordPlayInfo = ({ library, database: { db }, addresses }: LibraryActionDeps) =>
  handler(DescribeRecordPlayInfo, async ({ vid }, { appId }) => {
    const id = videoIdOf(appId, vid);
    const videos = id === null ? [] : await library.videos.getMany(db, appId, [id]);
    const playable = await library.outputs.playableOf(
      db,
      appId,
      videos.map((video) => video.id),
    );
    return {
      totalCount: videos.length,
      fileSet: videos.map((video) => playInfoOf(video, playable.get(video.id) ?? [], addresses)),
    };
  });
