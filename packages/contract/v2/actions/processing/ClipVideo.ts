import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { fileId, int, optional, text, withDefault } from '../../wire.ts';

export const ClipVideo = defineAction({
  name: 'ClipVideo',
  aliases: [],
  group: 'processing',
  summary: 'Cuts a stretch out of a video and makes a new video of it, an MP4.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: true,
  repeatable: false,
  events: ['ClipComplete'],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    newFileName: text({ min: 1, max: 255 }).describe('Name of the new video.'),
    startTimeOffset: withDefault(int(), 0).describe(
      'Where it begins, seconds: 0 or more from the beginning, below 0 from the end.',
    ),
    endTimeOffset: optional(int()).describe('Where it ends, seconds, counted the same way. Absent: the end.'),
  }),
  otherNames: {
    srcFileId: 'fileId',
    StartTimeOffset: 'startTimeOffset',
    EndTimeOffset: 'endTimeOffset',
  },
  fieldNames: { endMs: 'endTimeOffset', name: 'newFileName' },
  result: z.object({
    vodTaskId: z.string().describe('Id of the task, as in ClipComplete.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 1001, meaning: 'bad user information; OpenVOD never answers it' },
    { code: 10008, meaning: 'file does not exist (our choice; the documents name no code for it)' },
    { code: 10009, meaning: 'file is in a state that does not allow it: it is no media' },
  ],
  example: {
    request:
      'Action=ClipVideo&fileId=16092504232103571364&newFileName=cutFileName&startTimeOffset=2&endTimeOffset=-5',
    response: { code: 0, message: '', vodTaskId: 'clipVideo-0a78cf44c4285026a4c' },
  },
  notes:
    'Exact to the frame. Where both cuts fall where a stream can be cut, at key frames, it is copied; else encoded anew (H.264, AAC) at the size and about the bitrate of the source, every frame at its own time. What lies outside of the video is left out; when nothing is left the answer is 1000. The new video stays when the source is deleted. A task that has made its video cannot be redone.',
});
