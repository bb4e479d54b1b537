import { DescribeVodPlayUrls } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { VideoGoneError } from '../errors.ts';
import type { LibraryActionDeps } from './deps.ts';
import { playSetOf } from './views/play-set.ts';

export const describeVodPlayUrls = ({ library, addresses }: LibraryActionDeps) =>
  handler(DescribeVodPlayUrls, async ({ fileId }, { appId }) => {
    const renditions = await library.playable(appId, fileId);
    if (renditions.length === 0) throw new VideoGoneError(fileId);
    return { playSet: playSetOf(renditions, addresses) };
  });
