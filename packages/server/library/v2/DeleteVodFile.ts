import { DeleteVodFile } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { DeletionPriority } from '../types.ts';
import type { LibraryActionDeps } from './deps.ts';

const PRIORITIES: Record<0 | 1 | 2, DeletionPriority> = { 0: 'medium', 1: 'high', 2: 'low' };

/**
 * Deleting cancels the work on a video, except at low priority: such a caller can wait, and is told to (10009).
 * `isFlushCdn` needs no work: files are served from the store, and from nowhere once they are removed there.
 */
export const deleteVodFile = ({ library }: LibraryActionDeps) =>
  handler(DeleteVodFile, async ({ fileId, priority }, { appId, now }) => {
    await library.deleteVideo(appId, fileId, PRIORITIES[priority], now);
    return {};
  });
