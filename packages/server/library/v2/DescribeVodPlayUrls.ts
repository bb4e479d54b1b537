import { DescribeVodPlayUrls } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { VideoGoneError } from '../videos/gone.ts';
import type { LibraryActionDeps } from './deps.ts';
import { playSetOf } from './views/play-set.ts';

export const describeVodPlayUrls = ({ library: { outputs }, addresses }: LibraryActionDeps) =>
  handler(DescribeVodPlayUrls, async ({ fileId: id }, { appId }) => {
    const playable = await outputs.playable(appId, id);
    if (playable.length === 0) throw new VideoGoneError(id);
    return { playSet: playSetOf({ appId, id }, playable, addresses) };
  });
