import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { flag, hex, int, intOf, list, object, optional, text, withDefault } from '../../wire.ts';

export const MultiPullVodFile = defineAction({
  name: 'MultiPullVodFile',
  aliases: [],
  group: 'upload',
  summary: 'Has the service fetch videos from addresses; each becomes a video of its own.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: true,
  repeatable: false,
  events: ['PullComplete', 'NewFileUpload', 'TranscodeComplete'],
  params: z.object({
    pullset: list(
      object({
        url: text({ min: 1, max: 4096 }).describe(
          'Where the file lies: http(s), no page, no private address. An HLS playlist becomes an MP4.',
        ),
        fileName: text({ min: 1, max: 255 }).describe('Name of the video.'),
        fileMd5: optional(hex(32)).describe('MD5 of the file; with another one the pull fails.'),
        isTranscode: withDefault(flag(), false).describe(
          'Transcode with the default definitions afterwards.',
        ),
        isScreenshot: withDefault(flag(), false).describe('Take snapshots afterwards.'),
        isWatermark: withDefault(flag(), false).describe('Apply the default watermark.'),
        classId: withDefault(int(), 0).describe('Class of the video; must exist.'),
        tags: optional(text()).describe('Tags, separated by commas.'),
        priority: withDefault(intOf(0, 1, 2), 0).describe('0: medium, 1: high, 2: low.'),
        notifyUrl: optional(text({ max: 1024 })).describe(
          'With isReport=1, where the events of this pull are posted too; http(s), and no private address.',
        ),
        isReport: withDefault(flag(), false).describe('Whether notifyUrl is called.'),
      }),
      { min: 1, max: 100 },
    ).describe('What to fetch.'),
  }),
  refusals: { 'task.quota': 1018, 'class.notFound': 1000 },
  result: z.object({
    data: z
      .array(
        z.object({
          source_url: z.string().describe('The address that was asked for.'),
          file_id: z
            .number()
            .describe(
              'Id that the video will have, once it is there: a number of up to 19 digits, more than JavaScript can hold.',
            ),
          file_name: z.string(),
          fileId: z.string().describe('The same id as text (an addition of ours).'),
          vodTaskId: z.string().describe('The pull task (an addition of ours).'),
        }),
      )
      .describe(
        'In the order of pullset. The newest page has none of it; that of the oldest generation has the first three.',
      ),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter; a class that does not exist' },
    { code: 1018, meaning: 'too many tasks of the application are unfinished: try later' },
    { code: 1163, meaning: 'a watermark is wanted and none is configured' },
    { code: 4400, meaning: 'the application has no storage left' },
    ...internalErrors(1, 1001, 1010, 1011, 1100, 1159, 10003),
  ],
  example: {
    request:
      'Action=MultiPullVodFile&pullset.1.url=http%3A%2F%2Fexample.com%2Fa.mp4&pullset.1.fileName=test&pullset.1.isTranscode=1&pullset.1.priority=1&pullset.1.isScreenshot=1&pullset.1.isWatermark=1&pullset.1.classId=0',
    response: {
      code: 0,
      message: '',
      data: [
        {
          source_url: 'http://example.com/a.mp4',
          file_id: 1145080710982449,
          file_name: 'test',
          fileId: '1145080710982449',
          vodTaskId: 'Pull-00112233445566778899aabbccddeeff',
        },
      ],
    },
  },
  notes:
    'All of pullset is taken, or nothing. What a file is follows from its content, never from its name, its address or a Content-Type; what is no media fails. Redirections are followed, each to a public address only. A transfer that breaks off goes on where it was if the other side knows ranges and has an ETag or a time for the file, also after a restart of the service. A playlist that is still being written (live) or that is protected by more than AES-128 cannot be pulled. The same address twice is pulled twice. What is posted to notifyUrl has the form of all events, not that of the oldest page.',
});
