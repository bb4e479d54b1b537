import { DeleteVodFile } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { DeletionPriority } from '../videos/types.ts';
import type { LibraryActionDeps } from './deps.ts';

const PRIORITIES: Record<0 | 1 | 2, DeletionPriority> = { 0: 'medium', 1: 'high', 2: 'low' };

/** `isFlushCdn` needs no work: files are served from the store, and from nowhere once they are removed there. */
export const deleteVodFile = ({ library: { videos } }: LibraryActionDeps) =>
  handler(DeleteVodFile, async ({ fileId, priority }, { appId, now }) => {
    await videos.delete(appId, fileId, PRIORITIES[priority], now);
    return {};
  });
