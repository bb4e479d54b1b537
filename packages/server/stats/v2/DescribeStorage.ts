import { DescribeStorage } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { usedStorage } from '../../library/index.ts';
import type { StatsActionDeps } from './deps.ts';

export const describeStorage = ({ database }: StatsActionDeps) =>
  handler(DescribeStorage, async (_params, { appId }) => {
    const { bytes } = await usedStorage(database.db, appId);
    return { data: { used_space: bytes } };
  });
