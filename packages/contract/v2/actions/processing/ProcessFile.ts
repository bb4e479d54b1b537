import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { fileId, flag, int, list, object, optional, withDefault, word } from '../../wire.ts';

const template = (kind: string) => int().describe(`${kind} template.`);

export const ProcessFile = defineAction({
  name: 'ProcessFile',
  aliases: [],
  group: 'processing',
  summary:
    'Starts one or more jobs (transcodes, snapshots, cover, sprite) on one video, under a single task id.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: true,
  repeatable: false,
  events: ['ProcedureStateChanged'],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    transcode: optional(
      object({
        definition: list(int(), { min: 1, max: 100 }).describe(
          'Transcode definitions, preset or custom; 9 repackages to MP4, 6 to HLS.',
        ),
        watermark: optional(int({ min: 0 })).describe(
          "Watermark template; 1 is the account's default. 0 or absent: none.",
        ),
        hlsMasterPlaylist: withDefault(flag(), false).describe(
          'Also makes a master playlist of the HLS outputs, with definition 10000.',
        ),
        idrAlignment: withDefault(flag(), false).describe('Aligns the key frames of the HLS outputs.'),
        disableHigherBitrate: withDefault(flag(), false).describe(
          'Skips definitions whose bitrate is higher than that of the source.',
        ),
        drm: optional(object({ definition: template('Encryption') })).describe(
          'Encrypts the outputs, which must all be HLS: AES-128, with a key that all of them share.',
        ),
      }),
    ).describe('Transcodes.'),
    sampleSnapshot: optional(object({ definition: template('Sampling') })).describe('Sampled snapshots.'),
    snapshotByTimeOffset: optional(
      object({
        definition: template('Snapshot'),
        timeOffset: list(int({ min: 0 }), { min: 1 }).describe('Positions in the video, ms.'),
      }),
    ).describe('Snapshots at given times.'),
    coverBySnapshot: optional(
      object({
        definition: template('Snapshot'),
        positionType: word(['Time', 'Percent']).describe('How position is read.'),
        position: int({ min: 0 }).describe('Seconds for Time, percent of the duration for Percent.'),
      }),
    ).describe('Takes one picture and makes it the cover.'),
    imageSprite: optional(object({ definition: template('Sprite') })).describe('Image sprite.'),
    animatedGraphics: optional(
      object({
        definition: template('Animated image').describe('20000: GIF, 20001: WebP.'),
        startTime: optional(int({ min: 0 })).describe('Where it begins, seconds; 0 when left out. Ours.'),
        endTime: optional(int({ min: 1 })).describe(
          'Where it ends, seconds: at most 60 s later, 5 s when left out. Ours.',
        ),
      }),
    ).describe('Animated image.'),
    notifyMode: withDefault(word(['Finish', 'Change', 'None']), 'Finish').describe(
      'Finish: one event at the end. Change: one whenever a sub-task changes state. None: no event.',
    ),
  }),
  ignored: [
    'sampleSnapshot.sampleType',
    'sampleSnapshot.interval',
    'drm.encryptType',
    'drm.keySource',
    'drm.keyId',
    'drm.dataKey',
    'drm.encyptedDataKey',
    'drm.getKeyUrl',
  ],
  fieldNames: {
    'watermark.definition': 'transcode.watermark',
    'encryption.definition': 'transcode.drm.definition',
  },
  result: z.object({
    vodTaskId: z.string().describe('Id of the task flow.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    {
      code: 1163,
      meaning: 'watermark 1 and the account has no default one (our choice; the code is that of the pull)',
    },
    { code: 10008, meaning: 'file does not exist (our choice; the documents name no code for it)' },
    { code: 6200, meaning: 'nothing can be encrypted for now: the master key is missing (our choice)' },
    { code: 10009, meaning: 'file is in a state that does not allow it (our choice)' },
  ],
  example: {
    request:
      'Action=ProcessFile&fileId=24961954183381008&transcode.definition.0=210&transcode.definition.1=220&transcode.definition.3=230&transcode.definition.4=240&transcode.disableHigherBitrate=1&transcode.watermark=1&sampleSnapshot.definition=10&notifyMode=Change',
    response: { code: 0, message: '', vodTaskId: '125xx-Procedure-6a651e8d148c512af27f3b5f3d60f43a' },
  },
  notes:
    'An encryption that there is not, and an output that is not HLS beside transcode.drm, answer 1000; the address of its key server is that of the time of the call. No new video is made: results appear in GetVideoInfo and, a sub-task each, in ProcedureStateChanged. Pictures are done before the first encode begins. A watermark does not go with 9 and 6, which leave the picture alone (1000); it keeps what its template says at the time of the call. A definition that disableHigherBitrate skips is skipped without a word; when none is left the flow succeeds with nothing. A time beyond the end fails the cover, or that one picture of snapshotByTimeOffset, whose sub-task fails only without any; never the call. sampleSnapshot makes 1000 pictures at most, of longer films further apart. startTime and endTime of animatedGraphics are ours: no page has them. Parameters without effect are those of an unfinished first page.',
});
