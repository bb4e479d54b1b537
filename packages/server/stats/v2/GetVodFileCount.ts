import { GetVodFileCount } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { usedStorage } from '../../library/index.ts';
import type { StatsActionDeps } from './deps.ts';

export const getVodFileCount = ({ database }: StatsActionDeps) =>
  handler(GetVodFileCount, async (_params, { appId }) => {
    const { videos } = await usedStorage(database.db, appId);
    return { data: { count: videos } };
  });
