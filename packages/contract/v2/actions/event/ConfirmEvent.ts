import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { list, text } from '../../wire.ts';

export const ConfirmEvent = defineAction({
  name: 'ConfirmEvent',
  aliases: ['ConfirmVodEvent'],
  group: 'event',
  summary: 'Acknowledges pulled events, so that they are not delivered again.',
  protocol: 'text',
  rateLimitPerMinute: 1000,
  async: false,
  events: [],
  params: z.object({
    msgHandle: list(text({ max: 256 }), { min: 1, max: 100 }).describe('Handles from PullEvent.'),
  }),
  fieldNames: { handles: 'msgHandle' },
  result: z.object({}),
  errors: [{ code: 1000, meaning: 'invalid parameter' }, ...internalErrors(1001, 2000)],
  example: {
    request: 'Action=ConfirmEvent&msgHandle.1=MsgHandle1&msgHandle.2=MsgHandle2',
    response: { code: 0, message: '' },
  },
  notes:
    'Confirming an event twice is a success. All or nothing: when one of the handles is malformed, none of the others is confirmed either.',
});
