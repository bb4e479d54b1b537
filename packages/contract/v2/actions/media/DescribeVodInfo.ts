import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import {
  dateTime,
  fileId,
  int,
  intOf,
  list,
  optional,
  pageNumber,
  pageSize,
  parseDateTime,
  withDefault,
} from '../../wire.ts';

export const DescribeVodInfo = defineAction({
  name: 'DescribeVodInfo',
  aliases: ['GetVideoInfoBatch'],
  group: 'media',
  summary:
    'Returns attributes of videos: of those named by id, or a filtered, paged list of all when none is named.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    fileIds: optional(list(fileId(), { max: 100 })).describe('Videos by id.'),
    from: withDefault(dateTime(), parseDateTime('1970-01-01 00:00:00') ?? 0).describe(
      'Created at or after; YYYY-MM-DD hh:mm:ss, UTC+8.',
    ),
    to: withDefault(dateTime(), parseDateTime('2038-01-01 00:00:00') ?? 0).describe(
      'Created at or before; YYYY-MM-DD hh:mm:ss, UTC+8.',
    ),
    classId: optional(int()).describe('Only videos of this class; -1 is all of them.'),
    status: optional(intOf(-1, 0, 1, 2, 3, 4, 5, 6, 7, 10, 100)).describe(
      '-1 upload unfinished, 0 initial (unused), 1 rejected by review (unused), 2 normal, 3 paused, 4 transcoding, 5 publishing, 6 deleting, 7 transcode failed, 10 waiting for transcoding, 100 deleted.',
    ),
    orderby: withDefault(intOf(0, 1), 0).describe('0 oldest first, 1 newest first.'),
    pageNo: pageNumber().describe('Page, counted from 1; 0 counts as 1.'),
    pageSize: pageSize({ default: 10, max: 100 }).describe('Videos a page.'),
  }),
  ignored: ['orderkey'],
  result: z.object({
    totalCount: z.number().int().describe('Videos that match, on all pages.'),
    fileSet: z.array(
      z.object({
        fileId: z.string(),
        fileName: z.string(),
        fileIntro: z.string().describe('Description set by the user.'),
        size: z.string().describe('Bytes, decimal text.'),
        duration: z.string().describe('Seconds, decimal text.'),
        status: z.string().describe('Values as the status parameter, decimal text.'),
        vid: z.string().describe('Legacy id, key of DescribeRecordPlayInfo.'),
        createTime: z.string().describe('YYYY-MM-DD hh:mm:ss, UTC+8.'),
        updateTime: z.string().describe('YYYY-MM-DD hh:mm:ss, UTC+8.'),
        classId: z.string().describe('Class id as text; "0" is the default class.'),
        className: z.string(),
        imageUrl: z.string().describe('Cover address; empty when there is none.'),
        tags: z.array(z.string()),
        description: z.string().optional().describe('Same as fileIntro.'),
        cdnStatus: z
          .number()
          .int()
          .optional()
          .describe(
            'Publication to the CDN: 0 never, 1 in progress, 2 done, 3 failed, 4 aborted, 5 deleted.',
          ),
      }),
    ),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10008, meaning: 'file does not exist' },
    ...internalErrors(1, 1001, 1003, 2000, 10022),
  ],
  example: {
    request: 'Action=DescribeVodInfo&fileIds.1=1976554120332374777',
    response: {
      code: 0,
      message: '',
      totalCount: 1,
      fileSet: [
        {
          fileId: '1976554120332374777',
          fileName: 'A clip',
          fileIntro: '',
          size: '7865592',
          duration: '147',
          status: '2',
          vid: '1200_1870483a9a6011e4a137dfa495b17abf',
          createTime: '2015-01-12 21:37:11',
          updateTime: '2015-01-13 11:23:01',
          classId: '0',
          className: 'Other',
          imageUrl: 'http://img.example.com/1200_1870.jpg',
          tags: ['Other'],
        },
      ],
    },
  },
  notes:
    'Numbers in fileSet are text. No match is code 0 with totalCount 0. Pages are counted from 1; the size is documented as 10 to 100: smaller ones are honoured, a larger one counts as 100, absent or 0 as 10. The default order is that of the newer pages (oldest first). Several fileIds are answered, although the original warned it took only one.',
});
