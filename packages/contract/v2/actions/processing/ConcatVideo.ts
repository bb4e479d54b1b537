import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { list, sourceFile, text, word } from '../../wire.ts';

export const ConcatVideo = defineAction({
  name: 'ConcatVideo',
  aliases: ['ConcatFile'],
  group: 'processing',
  summary: 'Joins videos, one after the other, to a new video.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: true,
  repeatable: false,
  events: ['ConcatComplete'],
  params: z.object({
    srcFileList: list(sourceFile(), { min: 1, max: 500 }).describe(
      'The videos, in their order; one may come several times. 10 GiB together at most.',
    ),
    name: text({ min: 1, max: 255 }).describe('Name of the new video.'),
    dstType: list(word(['mp4', 'm3u8']), { min: 1, max: 10 }).describe('What it is to be there as.'),
  }),
  ignored: ['fileId'],
  fieldNames: { videoIds: 'srcFileList' },
  result: z.object({
    vodTaskId: z.string().describe('Id of the task, as in ConcatComplete.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 1001, meaning: 'bad user information; OpenVOD never answers it' },
    { code: 10008, meaning: 'file does not exist (our choice; the documents name no code for it)' },
    { code: 10009, meaning: 'file is in a state that does not allow it: it is no media' },
  ],
  example: {
    request:
      'Action=ConcatVideo&srcFileList.0.fileId=16092504232103571364&srcFileList.1.fileId=16092504232103571365&name=testfile&dstType.0=m3u8',
    response: { code: 0, message: '', vodTaskId: 'concat-7a2229a8f1957bfce08ba733fbfd4a3c' },
  },
  notes:
    'Sources that are alike (codecs, size, and all that a decoder is told once) are copied; frame rates within them may change. Others, which the original refused, are encoded anew, every frame at its own time: the first one gives the size, smaller and turned pictures are fitted into it, what has no sound is silent. Sources with a picture and sources without cannot be joined. The new video has an MP4 as its source in any case, and its playlist as definition 6. The older form srcFileList.0=<fileId> works too, and so does a bare dstType. A task that has made its video cannot be redone.',
});
