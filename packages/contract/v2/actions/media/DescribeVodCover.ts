import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { fileId, intOf, text } from '../../wire.ts';

export const DescribeVodCover = defineAction({
  name: 'DescribeVodCover',
  aliases: [],
  group: 'media',
  summary: 'Despite its name, sets the cover of a video, from the address of a picture that was taken of it.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    type: intOf(1).describe('1: para is the address of a picture.'),
    para: text({ min: 1, max: 2048 }).describe('Address of a picture of this video.'),
  }),
  fieldNames: { picture: 'para' },
  result: z.object({}),
  errors: [
    { code: 1000, meaning: 'invalid parameter, or no picture of this video (our choice)' },
    { code: 10008, meaning: 'file does not exist (our choice; the documents name no code)' },
  ],
  example: {
    request:
      'Action=DescribeVodCover&fileId=8782277315343726561&type=1&para=https://cdn.example.com/a/b/shotup/f0.100_2.jpg',
    response: { code: 0, message: '' },
  },
  notes:
    'Any picture that GetVideoInfo lists for the video will do: of the address only the path counts, so one that an application keeps from before a move of the service is good as well. What lies at other addresses is not fetched. A picture that a later task makes anew changes with it, as a cover too. The oldest page also took a picture in Base64 with other types; later ones do not: SmallFileUpload takes pictures.',
});
