import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { UPLOAD_ERROR_LIST } from '../../errors.ts';
import { extension, flag, hex, int, list, optional, text, uploadName, withDefault } from '../../wire.ts';

const OTHER_FILE = -29_200;
const SIGNATURE = -26_498;
const SECRET_ID = -25_997;
const CLASS = -25_983;

const FIELD_CODES = {
  ...{ notifyUrl: -25_976, offset: -25_977, isTranscode: -25_978, isWatermark: -25_979 },
  ...{ isScreenshot: -25_980, fileSize: -25_981, dataSize: -25_982, classId: CLASS, tags: -25_984 },
  ...{ fileSha: -25_985, fileType: -25_986 },
};

export const MultipartUploadVodFile = defineAction({
  name: 'MultipartUploadVodFile',
  aliases: [],
  group: 'upload',
  summary:
    'The oldest upload: one call is repeated, each carries a part, and the answer says where to go on or that the file is there.',
  protocol: 'upload',
  methods: ['POST'],
  rateLimitPerMinute: null,
  async: false,
  events: ['NewFileUpload', 'TranscodeComplete'],
  params: z.object({
    fileName: uploadName().describe('Name without extension.'),
    fileSha: hex(40).describe('SHA-1 of the whole file.'),
    fileSize: int({ min: 1 }).describe('Bytes.'),
    dataSize: int({ min: 1, max: 5_242_880 }).describe(
      'Bytes in the body; 524288 and more are advised, less is for the rest of the file.',
    ),
    offset: int({ min: 0 }).describe('Where the part starts, bytes: 0 first, then what the answer said.'),
    fileType: extension().describe('Extension, e.g. mp4.'),
    tags: optional(list(text({ max: 128 }), { max: 100 })).describe('Tags for the video, any text.'),
    classId: withDefault(int(), 0).describe('Class of the video; must exist.'),
    isTranscode: withDefault(flag(), false).describe('Transcode with the default definitions afterwards.'),
    isScreenshot: withDefault(flag(), false).describe('Take sampled pictures afterwards.'),
    isWatermark: withDefault(flag(), false).describe(
      'The default watermark lies over the transcodes; goes with isTranscode=1.',
    ),
    notifyUrl: optional(text({ max: 1024 })).describe(
      'Where the events of this file are posted, too; http(s), and no private address.',
    ),
  }),
  otherNames: { tag: 'tags' },
  ignored: ['name'],
  fieldCodes: FIELD_CODES,
  refusals: {
    ...{ 'call.signature': SIGNATURE, 'call.secretId': SECRET_ID },
    ...{ 'upload.otherFile': OTHER_FILE, 'class.notFound': CLASS, 'tag.refused': FIELD_CODES.tags },
    'watermark.none': FIELD_CODES.isWatermark,
  },
  result: z.discriminatedUnion('flag', [
    z.object({
      flag: z.literal(0).describe('More is to come.'),
      offset: z.string().describe('Where to go on, bytes, in digits.'),
    }),
    z.object({
      flag: z.literal(1).describe('The file is there.'),
      fileId: z.string(),
    }),
  ]),
  errors: [
    { code: SIGNATURE, meaning: 'signature check failed' },
    { code: 10003, meaning: 'SecretId does not exist; OpenVOD answers -25997' },
    { code: 10004, meaning: 'signature check failed; OpenVOD answers -26498' },
    { code: SECRET_ID, meaning: 'SecretId is invalid' },
    { code: FIELD_CODES.notifyUrl, meaning: 'notifyUrl is invalid' },
    { code: OTHER_FILE, meaning: 'the SHA-1 of the joined file is not the announced one' },
    { code: FIELD_CODES.fileType, meaning: 'fileType is invalid' },
    { code: FIELD_CODES.fileSha, meaning: 'fileSha is invalid' },
    { code: FIELD_CODES.tags, meaning: 'a tag is invalid' },
    { code: FIELD_CODES.classId, meaning: 'classId is invalid' },
    { code: FIELD_CODES.dataSize, meaning: 'dataSize is invalid' },
    { code: FIELD_CODES.fileSize, meaning: 'fileSize is invalid' },
    { code: FIELD_CODES.isScreenshot, meaning: 'isScreenshot is invalid' },
    { code: FIELD_CODES.isWatermark, meaning: 'isWatermark is invalid, or there is no default watermark' },
    { code: FIELD_CODES.isTranscode, meaning: 'isTranscode is invalid' },
    { code: FIELD_CODES.offset, meaning: 'offset is invalid, or lies with dataSize beyond fileSize' },
    ...UPLOAD_ERROR_LIST,
  ],
  example: {
    request:
      'Action=MultipartUploadVodFile&fileName=test&fileSha=b4a5c70c76e79e01ab3a5c306de3d9eedeadeca9&fileSize=1024&dataSize=512&offset=0&fileType=avi',
    response: { code: 0, message: '', flag: 0, offset: '512' },
    otherResponses: { whole: { code: 0, message: '', flag: 1, fileId: '16092504232103571364' } },
  },
  notes:
    'The body is the part as raw bytes. A call may be repeated, and an upload goes on wherever it stopped: the client sends from 0 and obeys the answers. Tags, class, notifyUrl and what is to be made of the video count with the first part. A file that was finished within a day, or one that the account has where the operator turned instant uploads on, is there at once. At most 10,000 parts a file, so that those of larger ones have a least size. Where the original posted callbacks of an older form to notifyUrl, NewFileUpload and TranscodeComplete come. The codes without one of their own are those of the other uploads.',
});
