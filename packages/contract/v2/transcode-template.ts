import { z } from 'zod';
import { bounded, boundedOf } from './bounded.ts';
import type { ParameterTree } from './notation.ts';
import { flag, int, object, optional, textOfBytes, word } from './wire.ts';

/** What the actions of transcode templates share: their parameters, their answers and the codes of their fields. */

const AT_MOST = 'Below 0: at most.';
const SIZE_RULE = '0 with the other given: in proportion. 0 for both: as the source.';

export const templateName = () => textOfBytes(63).describe('Name, shorter than 64 bytes.');
export const templateComment = () => textOfBytes(255).describe('Description, shorter than 256 bytes.');
export const container = () => word(['mp4', 'flv', 'hls']).describe('Container.');
export const withoutVideo = () => flag().describe('1 leaves the picture out; video.* then has no effect.');
export const withoutAudio = () => flag().describe('1 leaves the sound out; audio.* then has no effect.');

const videoCodec = word(['libx264', 'libx265']).describe(
  'H.264 or H.265. H.265 needs width and height, at most 640 × 480, and no FLV.',
);
const fps = bounded({ min: 1, max: 120, fractions: true }).describe(
  `Frames per second, 1 to 120. ${AT_MOST}`,
);

const videoFields = {
  resolutionSelfAdapting: optional(word(['open', 'close'], { 1: 'open', 0: 'close' })).describe(
    'open: width is of the longer edge, height of the shorter one, which are bounds of a picture that keeps its shape. close: both are taken literally. New templates: open.',
  ),
  width: optional(bounded({ min: 128, max: 1920, zero: true })).describe(
    `px, 128 to 1920. ${SIZE_RULE} ${AT_MOST}`,
  ),
  height: optional(bounded({ min: 128, max: 1920, zero: true })).describe(
    `px, 128 to 1920; with open no more than width. ${SIZE_RULE} ${AT_MOST}`,
  ),
  bitrate: optional(bounded({ min: 128, max: 10_000 })).describe(
    `kbit/s, 128 to 10000. ${AT_MOST} New templates without: that of the source, at most 10000.`,
  ),
  minGop: optional(int({ min: 1, max: 10 })).describe(
    'Shortest distance of key frames, s; where it is at most half of the longest, they come where scenes change.',
  ),
  maxGop: optional(int({ min: 1, max: 10 })).describe(
    'Longest distance of key frames, s. Never given: 250 frames.',
  ),
  videoProfile: optional(word(['baseline', 'main', 'high'])).describe(
    'Of H.264; H.265 is always main. Never given: high.',
  ),
  colorSpace: optional(word(['yuv420p', 'yuv420p10le'])).describe(
    '8 or 10 bit a sample; 10 with H.265 only.',
  ),
  deinterlaced: optional(flag()).describe('1 deinterlaces, 0 never does. Never given: where the source is.'),
  videoRateControl: optional(flag()).describe('0: one pass. 1: two.'),
};

const audioCodec = word(['libfdk_aac', 'libmp3lame']).describe(
  'AAC or MP3; either goes with each container.',
);
const audioBitrate = bounded({ min: 26, max: 256 }).describe(`kbit/s, 26 to 256; MP3 from 32 on. ${AT_MOST}`);
const sampleRate = boundedOf(44_100, 48_000).describe(`Hz, 44100 or 48000. ${AT_MOST}`);

const audioFields = {
  soundSystem: optional(soundSystem()).describe('1: mono. 2: stereo. New templates: 2.'),
  audioResampler: optional(word(['soxr'])).describe('What resamples sources of more than two channels.'),
  audioDownmixMode: optional(flag()).describe(
    '1 mixes the centre of sources of more than four channels in 3 dB louder.',
  ),
};

export const denoise = () => optional(object({ enable: optional(flag()).describe('1 removes noise.') }));

/** Of a template that is made: what every template must have is required. */
export const newVideo = () =>
  optional(object({ codec: videoCodec, fps, ...videoFields })).describe('Required with a picture.');
export const newAudio = () =>
  optional(object({ codec: audioCodec, bitrate: audioBitrate, sampleRate, ...audioFields })).describe(
    'Required with sound.',
  );

/** Of a template that is changed: what is not given stays. */
export const changedVideo = () =>
  optional(object({ codec: optional(videoCodec), fps: optional(fps), ...videoFields }));
export const changedAudio = () =>
  optional(
    object({
      codec: optional(audioCodec),
      bitrate: optional(audioBitrate),
      sampleRate: optional(sampleRate),
      ...audioFields,
    }),
  );

/** One recorded sample sends stereo as `dual-channel`. */
function soundSystem() {
  return word(['1', '2'], { 'dual-channel': '2' })
    .transform((value) => Number(value) as 1 | 2)
    .meta({ wireType: 'Integer', values: [1, 2] });
}

/** Parameters without those of a stream that is left out: they have no effect, also where they are malformed. */
export function withoutUnused(tree: unknown): unknown {
  if (typeof tree !== 'object' || tree === null) return tree;
  const { video, denoise: noise, audio, ...rest } = tree as ParameterTree;
  const isOut = (name: string) => rest[name] === '1';
  return {
    ...rest,
    ...(isOut('isFiltrateVideo') ? {} : { video, denoise: noise }),
    ...(isOut('isFiltrateAudio') ? {} : { audio }),
  };
}

const CODES = {
  container: 10730,
  'video.fps': 10731,
  'video.codec': 10732,
  'video.bitrate': 10733,
  'video.resolutionSelfAdapting': 10734,
  'video.width': 10734,
  'video.height': 10734,
  isFiltrateVideo: 10736,
  isFiltrateAudio: 10737,
  'video.minGop': 10738,
  'video.maxGop': 10739,
  'video.videoProfile': 10740,
  'video.colorSpace': 10741,
  'video.deinterlaced': 10742,
  'video.videoRateControl': 10743,
  'denoise.enable': 10745,
  'audio.codec': 10754,
  'audio.sampleRate': 10755,
  'audio.bitrate': 10756,
  'audio.soundSystem': 10757,
  'audio.audioResampler': 10758,
  'audio.audioDownmixMode': 10759,
} as const;

/** What is said of the fields, in the order of their codes. */
export const TRANSCODE_TEMPLATE_FIELDS = {
  fieldCodes: { ...CODES, video: CODES['video.codec'], audio: CODES['audio.codec'], denoise: 10745 },
  errors: [
    { code: 10730, meaning: 'container invalid' },
    { code: 10731, meaning: 'video.fps invalid' },
    { code: 10732, meaning: 'video.codec invalid' },
    { code: 10733, meaning: 'video.bitrate invalid' },
    { code: 10734, meaning: 'size invalid' },
    { code: 10736, meaning: 'isFiltrateVideo invalid' },
    { code: 10737, meaning: 'isFiltrateAudio invalid' },
    { code: 10738, meaning: 'video.minGop invalid' },
    { code: 10739, meaning: 'video.maxGop invalid' },
    { code: 10740, meaning: 'video.videoProfile invalid' },
    { code: 10741, meaning: 'video.colorSpace invalid' },
    { code: 10742, meaning: 'video.deinterlaced invalid' },
    { code: 10743, meaning: 'video.videoRateControl invalid' },
    { code: 10745, meaning: 'denoise invalid' },
    { code: 10754, meaning: 'audio.codec invalid' },
    { code: 10755, meaning: 'audio.sampleRate invalid' },
    { code: 10756, meaning: 'audio.bitrate invalid' },
    { code: 10757, meaning: 'audio.soundSystem invalid' },
    { code: 10758, meaning: 'audio.audioResampler invalid' },
    { code: 10759, meaning: 'audio.audioDownmixMode invalid' },
  ],
  /** What the service calls a field, and what it is called here. */
  fieldNames: {
    id: 'definition',
    description: 'comment',
    'video.profile': 'video.videoProfile',
    'video.bitDepth': 'video.colorSpace',
    'video.gop': 'video.minGop',
    'audio.channels': 'audio.soundSystem',
  },
} as const;

const number = (description: string) => z.number().describe(description);
const whole = (description: string) => z.number().int().describe(description);
const AT_MOST_ANSWER = 'Below 0: at most.';

const video = z
  .object({
    codec: z.string().describe('libx264 or libx265; COPY for presets that only change the container.'),
    fps: number(`Frames per second. ${AT_MOST_ANSWER}`).optional(),
    resolutionSelfAdapting: z.string().describe('open or close.').optional(),
    width: whole('px; 0: see CreateTranscodeTemplate.').optional(),
    height: whole('px; 0: see CreateTranscodeTemplate.').optional(),
    bitrate: whole(`kbit/s. ${AT_MOST_ANSWER}`).optional(),
    minGop: whole('s; only where it was given.').optional(),
    maxGop: whole('s; only where it was given.').optional(),
    videoProfile: z.string().describe('baseline, main or high; only where it was given.').optional(),
    colorSpace: z.string().describe('Only where it was given.').optional(),
    deinterlaced: whole('Only where it was given.').optional(),
    videoRateControl: whole('1: two passes. Only where it was given.').optional(),
    denoise: z.object({ enable: whole('1: noise is removed.') }).optional(),
  })
  .describe('Absent when the picture is left out.');

const audio = z
  .object({
    codec: z.string().describe('libfdk_aac or libmp3lame; COPY as for video.'),
    bitrate: whole(`kbit/s. ${AT_MOST_ANSWER}`).optional(),
    soundSystem: whole('1: mono. 2: stereo.').optional(),
    sampleRate: whole(`Hz. ${AT_MOST_ANSWER}`).optional(),
    audioResampler: z.string().describe('Only where it was given.').optional(),
    audioDownmixMode: whole('0 or 1.').optional(),
  })
  .describe('Absent when the sound is left out.');

/** A whole template, as a query answers it. */
export const transcodeTemplate = {
  definition: whole('Number of the template.'),
  name: z.string(),
  container: z.string().describe('mp4, flv or hls.'),
  comment: z.string(),
  createTime: whole('Unix time, s; 0 for presets.'),
  updateTime: whole('Unix time, s; 0 for presets.'),
  onPremise: whole('1: preset. 0: own template.'),
  status: whole("1: among the application's default definitions."),
  isFiltrateVideo: whole('1: no picture.'),
  isFiltrateAudio: whole('1: no sound.'),
  video: video.optional(),
  audio: audio.optional(),
  denoise: z.object({ enable: whole('As in video.denoise.') }).optional(),
};
