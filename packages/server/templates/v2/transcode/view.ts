import { boundedText, type QueryTranscodeTemplate, type ResultOf } from '@openvod/contract/v2';
import type { TranscodeBody } from '../../kinds/transcode.ts';
import type { Template } from '../../types.ts';
import { edgeOf } from './size.ts';

type Wire = ResultOf<typeof QueryTranscodeTemplate>['data'];
type Video = NonNullable<TranscodeBody['video']>;
type Audio = NonNullable<TranscodeBody['audio']>;

/** Presets that only change the container say so by the word that older pages have for it. */
const COPY = { codec: 'COPY' };

/** A template as version 2 shows it. */
export function transcodeTemplateView(template: Template<'transcode'>, defaults: readonly number[]): Wire {
  const { id, name, description, isPreset, createdAt, updatedAt } = template;
  const { container, copy, video, audio } = template.body;
  return {
    definition: id,
    name,
    container,
    comment: description,
    createTime: seconds(createdAt),
    updateTime: seconds(updatedAt),
    onPremise: Number(isPreset),
    status: Number(defaults.includes(id)),
    isFiltrateVideo: Number(!video && !copy),
    isFiltrateAudio: Number(!audio && !copy),
    ...(copy ? { video: COPY, audio: COPY } : {}),
    ...(video ? { video: videoView(video), denoise: denoiseView(video) } : {}),
    ...(audio ? { audio: audioView(audio) } : {}),
  };
}

function videoView(video: Video): NonNullable<Wire['video']> {
  const { codec, selfAdapting, atMost = {}, profile, gop, bitDepth, deinterlace, twoPass } = video;
  return {
    codec: codec === 'hevc' ? 'libx265' : 'libx264',
    fps: signed(video.fps, atMost.fps),
    resolutionSelfAdapting: selfAdapting ? 'open' : 'close',
    width: signed(edgeOf(video.width), atMost.width),
    height: signed(edgeOf(video.height), atMost.height),
    bitrate: signed(kilobits(video.bitrate), atMost.bitrate),
    ...(gop && gop.minMs !== null ? { minGop: gop.minMs / 1000 } : {}),
    ...(gop && gop.maxMs !== null ? { maxGop: gop.maxMs / 1000 } : {}),
    ...(profile === null ? {} : { videoProfile: profile }),
    ...(bitDepth === undefined ? {} : { colorSpace: bitDepth === 10 ? 'yuv420p10le' : 'yuv420p' }),
    ...(deinterlace === undefined ? {} : { deinterlaced: Number(deinterlace) }),
    ...(twoPass === undefined ? {} : { videoRateControl: Number(twoPass) }),
    denoise: denoiseView(video),
  };
}

function audioView({ codec, channels, atMost = {}, resampler, boostCentre, ...audio }: Audio) {
  return {
    codec: codec === 'mp3' ? 'libmp3lame' : 'libfdk_aac',
    bitrate: signed(kilobits(audio.bitrate), atMost.bitrate),
    soundSystem: channels,
    sampleRate: signed(audio.sampleRate, atMost.sampleRate),
    ...(resampler === undefined ? {} : { audioResampler: resampler }),
    audioDownmixMode: Number(boostCentre ?? false),
  };
}

function denoiseView({ denoise = false }: Video) {
  return { enable: Number(denoise) };
}

function signed(value: number, isBound = false): number {
  return boundedText({ value, isBound: isBound && value !== 0 });
}

function kilobits(bits: number): number {
  return Math.round(bits / 1000);
}

/** Presets were always there. */
function seconds(ms: number | null): number {
  return ms === null ? 0 : Math.floor(ms / 1000);
}
