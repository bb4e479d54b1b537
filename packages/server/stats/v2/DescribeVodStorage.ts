import { DescribeVodStorage } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { usedStorage } from '../../library/index.ts';
import type { StatsActionDeps } from './deps.ts';

export const describeVodStorage = ({ database }: StatsActionDeps) =>
  handler(DescribeVodStorage, async (_params, { appId }) => {
    const { bytes } = await usedStorage(database.db, appId);
    return { data: { used_space: bytes } };
  });
