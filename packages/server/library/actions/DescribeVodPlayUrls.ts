import { DescribeVodPlayUrls } from '@openvod/contract';
import { handler } from '../../common/action-handler.ts';
import { playSetOf } from '../wire/play-set.ts';
import type { LibraryActionDeps } from './deps.ts';
import { fileNotFound } from './errors.ts';

export const describeVodPlayUrls = ({ library, addresses }: LibraryActionDeps) =>
  handler(DescribeVodPlayUrls, async ({ fileId }, { appId }) => {
    const renditions = await library.playable(appId, fileId);
    if (renditions.length === 0) throw fileNotFound(fileId);
    return { playSet: playSetOf(renditions, addresses) };
  });
