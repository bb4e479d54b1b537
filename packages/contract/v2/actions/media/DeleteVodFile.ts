import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { fileId, flag, intOf, withDefault } from '../../wire.ts';

export const DeleteVodFile = defineAction({
  name: 'DeleteVodFile',
  aliases: ['DeleteVideo'],
  group: 'media',
  summary: 'Deletes a video together with everything derived from it.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: true,
  events: ['FileDeleted'],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    priority: intOf(0, 1, 2).describe('Of the deletion: 0 medium, 1 high, 2 low. Callers may always send 0.'),
    isFlushCdn: withDefault(flag(), false).describe('Also purges the files from caches.'),
  }),
  result: z.object({}),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10008, meaning: 'file does not exist (our choice; the documents name no code for it)' },
    { code: 10009, meaning: 'file is in a state that does not allow it' },
    ...internalErrors(1001, 1050, 1102, 1702),
  ],
  example: {
    request: 'Action=DeleteVodFile&fileId=16092504232103571364&priority=0',
    response: { code: 0, message: '' },
  },
  notes:
    'A task that works on the video is cancelled and ends in its event, as a failure; with priority 2 the deletion is refused instead (10009). isFlushCdn has no effect: there is no CDN. Takes the id of a picture, too, that SmallFileUpload stored for no video.',
});
