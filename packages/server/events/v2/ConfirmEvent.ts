import { ConfirmEvent } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { EventQueue } from '../queue.ts';

export const confirmEvent = (events: EventQueue) =>
  handler(ConfirmEvent, async ({ msgHandle }, call) => {
    await events.confirm(call.appId, msgHandle);
    return {};
  });
