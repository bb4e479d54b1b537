import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { UPLOAD_ERROR_LIST } from '../../errors.ts';
import { extension, fileId, hex, int, intOf, object, optional, uploadName } from '../../wire.ts';

export const SmallFileUpload = defineAction({
  name: 'SmallFileUpload',
  aliases: [],
  group: 'upload',
  summary: 'Uploads a picture of at most 1 MB in one call, as the cover of a video or for no video.',
  protocol: 'upload',
  methods: ['POST'],
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({
    fileName: uploadName().describe('Name without extension.'),
    fileSha: hex(40).describe('SHA-1 of the file.'),
    fileSize: int({ min: 1, max: 1_048_576 }).describe('Bytes.'),
    dataSize: int({ min: 1, max: 1_048_576 }).describe('Same as fileSize.'),
    fileType: extension().describe('Extension, e.g. jpg.'),
    extra: object({
      usage: intOf(1).describe('1: cover of a video.'),
      fileId: optional(fileId()).describe('The video whose cover it is; none when left out.'),
    }).describe('What the file is for.'),
    dataMd5: optional(hex(32)).describe('MD5 of the body.'),
  }),
  otherNames: {
    usage: 'extra.usage',
    fileId: 'extra.fileId',
    'file.id': 'extra.fileId',
    'extra.file.id': 'extra.fileId',
  },
  ignored: ['offset', 'storeTime', 'contentLen'],
  result: z.object({
    fileId: z.string().describe('Id of the picture, not of the video; its address ends with it.'),
    url: z.string().describe('Address of the picture.'),
  }),
  errors: UPLOAD_ERROR_LIST,
  example: {
    request:
      'Action=SmallFileUpload&Nonce=692307120&Region=gz&SecretId=AKIDtest0001&Timestamp=1795369831&dataMd5=d037a2aa86d3d63fbc57632e63172948&dataSize=30000&extra.fileId=903&extra.usage=1&fileName=cover&fileSha=dbaee8edf55185d0597674cb8cfe08b80370c61c&fileSize=30000&fileType=jpg&offset=0&storeTime=0',
    response: {
      code: 0,
      message: '',
      codeDesc: '',
      canRetry: 0,
      fileId: '11868222811305801',
      url: 'http://1251132154.vod2.myqcloud.com/vod1251132154/9031868222807461771/11868222811305801.jpg',
    },
  },
  notes:
    'The body is the picture as raw bytes, whatever Content-Type says. With extra.fileId it becomes the cover of the video and belongs to it: it goes with the video, or with the next cover. Without, it belongs to the application: it stays under its address until DeleteVodFile is called with its fileId.',
});
