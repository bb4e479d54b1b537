import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';

export const PullEvent = defineAction({
  name: 'PullEvent',
  aliases: ['PullVodEvent'],
  group: 'event',
  summary: 'Fetches events that were not confirmed yet; waits up to 5 seconds for one.',
  protocol: 'text',
  rateLimitPerMinute: 1000,
  async: false,
  events: [],
  params: z.object({}),
  result: z.object({
    eventList: z.array(
      z.object({
        msgHandle: z.string().describe('Handle of this delivery, for ConfirmEvent.'),
        eventContent: z
          .object({
            version: z.string().describe('"4.0".'),
            eventType: z.string(),
            data: z.record(z.string(), z.unknown()).describe('As the events pages describe it.'),
          })
          .describe('The event, as an HTTP callback would carry it.'),
      }),
    ),
  }),
  errors: [{ code: 1000, meaning: 'invalid parameter' }, ...internalErrors(1001, 2000)],
  example: {
    request: 'Action=PullEvent',
    response: {
      code: 0,
      message: '',
      eventList: [
        {
          msgHandle: 'MsgHandle1',
          eventContent: {
            version: '4.0',
            eventType: 'NewFileUpload',
            data: {
              fileId: '14508070000000001',
              fileUrl: 'http://host/vod/14508070000000001/f0.flv',
              transcodeTaskId: 'transcode-00112233445566778899aabbccddeeff',
            },
          },
        },
        {
          msgHandle: 'MsgHandle2',
          eventContent: {
            version: '4.0',
            eventType: 'ConcatComplete',
            data: {
              vodTaskId: 'concat-00112233445566778899aabbccddeeff',
              fileInfo: [
                {
                  fileType: 'mp4',
                  status: 0,
                  message: '',
                  fileId: '14508070000000002',
                  fileUrl: 'http://host/vod/14508070000000002/f0.mp4',
                },
              ],
            },
          },
        },
      ],
    },
  },
  notes:
    'Answers at once when events are waiting, otherwise after at most 5 s with an empty list: give the client a time-out of 10 s. At most 16 events a call; one that is not confirmed within 30 s is delivered again; kept for 4 days. These three figures are those of the successor API.',
});
