import { formatDateTime, GetUserStatus } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { StatsActionDeps } from './deps.ts';

/** An application that is switched off gets no further than the gateway. */
export const getUserStatus = ({ applications }: StatsActionDeps) =>
  handler(GetUserStatus, async (_params, { appId, now }) => {
    const application = (await applications()).find((one) => one.appId === appId);
    return { data: { appId, status: 'normal', createTime: formatDateTime(application?.createdAt ?? now) } };
  });
