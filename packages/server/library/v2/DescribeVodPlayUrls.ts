import { DescribeVodPlayUrls } from '@openvod/contract/v2';
import { handler } from '../../common/action-handler.ts';
import type { LibraryActionDeps } from './deps.ts';
import { fileNotFound } from './errors.ts';
import { playSetOf } from './views/play-set.ts';

export const describeVodPlayUrls = ({ library, addresses }: LibraryActionDeps) =>
  handler(DescribeVodPlayUrls, async ({ fileId }, { appId }) => {
    const renditions = await library.playable(appId, fileId);
    if (renditions.length === 0) throw fileNotFound(fileId);
    return { playSet: playSetOf(renditions, addresses) };
  });
