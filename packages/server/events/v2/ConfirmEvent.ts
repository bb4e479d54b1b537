import { ConfirmEvent } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { V2Events } from './types.ts';

export const confirmEvent = ({ events }: { events: V2Events }) =>
  handler(ConfirmEvent, async ({ msgHandle }, call) => {
    await events.confirm(call.appId, msgHandle);
    return {};
  });
