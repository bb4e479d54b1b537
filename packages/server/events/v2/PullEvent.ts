import { PullEvent } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { V2Events } from './types.ts';

export const pullEvent = ({ events }: { events: V2Events }) =>
  handler(PullEvent, async (_params, call) => {
    const pulled = await events.pull(call.appId, { signal: call.signal });
    return {
      eventList: pulled.map(({ handle, content }) => ({ msgHandle: handle, eventContent: content })),
    };
  });
