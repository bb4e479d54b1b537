import { MediaError, type WorkReason } from './errors.ts';
import type { AudioStream, MediaInfo, VideoStream } from './media-info.ts';

/** The part of `ffprobe -print_format json -show_format -show_streams` that is read. Every field may be missing. */
export interface ProbeOutput {
  format?: {
    format_name?: string;
    duration?: string;
    size?: string;
    bit_rate?: string;
    tags?: Record<string, string>;
  };
  streams?: ProbeStream[];
}

export interface ProbeStream {
  index: number;
  codec_type?: string;
  codec_name?: string;
  profile?: string;
  level?: number;
  width?: number;
  height?: number;
  sample_aspect_ratio?: string;
  pix_fmt?: string;
  color_range?: string;
  color_transfer?: string;
  field_order?: string;
  r_frame_rate?: string;
  avg_frame_rate?: string;
  bits_per_raw_sample?: string;
  bit_rate?: string;
  sample_rate?: string;
  channels?: number;
  tags?: Record<string, string>;
  disposition?: { default?: number; attached_pic?: number };
  side_data_list?: { rotation?: number }[];
}

/**
 * Reads ffprobe's JSON.
 *
 * @param knownDurationMs used when the container does not say how long it is
 * @throws MediaError when the file has streams but what is needed to decode them is missing
 */
export function parseProbe(output: ProbeOutput, knownDurationMs?: number): MediaInfo {
  const format = output.format ?? {};
  const streams = mainFirst(output.streams ?? []);
  const pictures = streams.filter((s) => s.codec_type === 'video' && s.disposition?.attached_pic !== 1);
  const sounds = streams.filter((s) => s.codec_type === 'audio');
  const video = pictures.filter((s) => missingInVideo(s) === null).map(parseVideo);
  const audio = sounds.filter((s) => missingInAudio(s) === null).map(parseAudio);
  if (video.length + audio.length === 0) {
    const missing = [...pictures.map(missingInVideo), ...sounds.map(missingInAudio)].find((m) => m !== null);
    if (missing) throw new MediaError({ stage: 'probe', reason: missing });
  }

  const size = number(format.size);
  const durationMs = Math.round(number(format.duration) * 1000) || knownDurationMs || 0;
  const totalBitrate =
    number(format.bit_rate) || (durationMs > 0 ? Math.round((size * 8000) / durationMs) : 0);
  const framing = format.format_name === 'mpegts' ? transportFraming(totalBitrate, video, audio) : 0;
  estimateBitrates(video, audio, totalBitrate - framing);
  const container = shortContainerName(format.format_name ?? '', format.tags?.major_brand ?? '');
  return {
    container,
    size,
    durationMs,
    bitrate: [...video, ...audio].reduce((sum, stream) => sum + stream.bitrate, 0),
    rotation: video[0]?.rotation ?? 0,
    video,
    audio,
    browserPlayable: isBrowserPlayable(container, video, audio),
  };
}

/** The stream that the file marks as its default comes first; otherwise the file's order stays. */
function mainFirst(streams: ProbeStream[]): ProbeStream[] {
  return streams.toSorted((a, b) => (b.disposition?.default ?? 0) - (a.disposition?.default ?? 0));
}

function missingInVideo(stream: ProbeStream): WorkReason | null {
  if (!stream.codec_name || stream.codec_name === 'none') return 'codec-unknown';
  return stream.width && stream.height ? null : 'size-unknown';
}

function missingInAudio(stream: ProbeStream): WorkReason | null {
  if (!stream.codec_name || stream.codec_name === 'none') return 'codec-unknown';
  if (!number(stream.sample_rate)) return 'sample-rate-unknown';
  return stream.channels ? null : 'channels-unknown';
}

function parseVideo(stream: ProbeStream): VideoStream {
  const width = stream.width!;
  const height = stream.height!;
  const rotation = clockwiseRotation(stream);
  // Width is what gives: a 720 × 576 picture with 16:11 pixels is shown 1047 px wide.
  const shown = { width: Math.max(1, Math.round(width * (ratio(stream.sample_aspect_ratio) || 1))), height };
  const turned = rotation === 90 || rotation === 270;
  const average = ratio(stream.avg_frame_rate);
  const base = ratio(stream.r_frame_rate);
  const pixelFormat = stream.pix_fmt ?? '';
  return {
    index: stream.index,
    codec: stream.codec_name!,
    width,
    height,
    displayWidth: turned ? shown.height : shown.width,
    displayHeight: turned ? shown.width : shown.height,
    rotation,
    fps: round(average || base),
    bitrate: streamBitrate(stream),
    pixelFormat,
    profile: stream.profile ?? '',
    level: stream.level !== undefined && stream.level > 0 ? stream.level : undefined,
    bitDepth:
      Number(/(9|10|12|14|16)(?:le|be)$/.exec(pixelFormat)?.[1] ?? stream.bits_per_raw_sample ?? 8) || 8,
    hdr: stream.color_transfer === 'smpte2084' || stream.color_transfer === 'arib-std-b67',
    fullRange: stream.color_range === 'pc' || pixelFormat.startsWith('yuvj'),
    interlaced: ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? ''),
    variableFrameRate: average > 0 && base > 0 && Math.abs(average - base) / base > 0.02,
  };
}

function parseAudio(stream: ProbeStream): AudioStream {
  return {
    index: stream.index,
    codec: stream.codec_name!,
    bitrate: streamBitrate(stream),
    sampleRate: number(stream.sample_rate),
    channels: stream.channels!,
    profile: stream.profile ?? '',
    language: stream.tags?.language,
  };
}

/** The display matrix counts counter-clockwise, the older `rotate` tag clockwise. */
function clockwiseRotation(stream: ProbeStream): 0 | 90 | 180 | 270 {
  const matrix = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation;
  const degrees = matrix === undefined ? number(stream.tags?.rotate) : -matrix;
  const quarter = ((Math.round(degrees / 90) % 4) + 4) % 4;
  return ([0, 90, 180, 270] as const)[quarter] ?? 0;
}

/** Matroska keeps the bitrate in tags. 0 when unknown. */
function streamBitrate(stream: ProbeStream): number {
  return number(stream.bit_rate) || number(stream.tags?.BPS) || number(stream.tags?.['BPS-eng']);
}

/** Shares what is left of the container's bitrate among the streams that do not say theirs. */
function estimateBitrates(video: VideoStream[], audio: AudioStream[], total: number): void {
  const known = () => [...video, ...audio].reduce((sum, stream) => sum + stream.bitrate, 0);
  const share = (streams: { bitrate: number }[], most: number) => {
    const unknown = streams.filter((stream) => stream.bitrate === 0);
    const each = Math.min(most, Math.floor(Math.max(0, total - known()) / (unknown.length || 1)));
    for (const stream of unknown) stream.bitrate = each;
  };
  // Beside a picture, sound of unknown bitrate is taken for the common 128 kbit/s at most.
  share(audio, video.length > 0 ? 128_000 : Number.POSITIVE_INFINITY);
  share(video, Number.POSITIVE_INFINITY);
}

/**
 * bit/s that a transport stream spends on itself (ISO/IEC 13818-1), estimated: 4 of 188 bytes head each packet, and each
 * frame begins with 14 bytes of PES header and leaves its last packet half empty on average.
 */
function transportFraming(total: number, video: VideoStream[], audio: AudioStream[]): number {
  const videoFrames = video.reduce((sum, stream) => sum + stream.fps, 0);
  const audioFrames = audio.reduce((sum, stream) => sum + stream.sampleRate / 1024, 0);
  // Frames of compressed sound nearly fill a packet.
  return Math.round((total * 4) / 188 + videoFrames * (14 + 92) * 8 + audioFrames * (14 + 20) * 8);
}

/** ffprobe names demuxers by all they read ("mov,mp4,m4a,3gp,3g2,mj2"); the brand tells which one it is. */
function shortContainerName(demuxer: string, brand: string): string {
  if (demuxer.startsWith('mov,')) {
    if (brand.startsWith('qt')) return 'mov';
    if (brand.startsWith('M4A')) return 'm4a';
    if (brand.startsWith('3g')) return '3gp';
    return 'mp4';
  }
  const short: Record<string, string> = {
    'matroska,webm': 'mkv',
    mpegts: 'ts',
    mpeg: 'mpg',
    live_flv: 'flv',
  };
  return short[demuxer] ?? demuxer.split(',')[0] ?? '';
}

function isBrowserPlayable(container: string, video: VideoStream[], audio: AudioStream[]): boolean {
  const plainVideo = (v: VideoStream) =>
    v.codec === 'h264' &&
    ['yuv420p', 'yuvj420p'].includes(v.pixelFormat) &&
    ['Constrained Baseline', 'Baseline', 'Main', 'High'].includes(v.profile);
  return (
    (container === 'mp4' || container === 'm4a') &&
    video.length + audio.length > 0 &&
    video.every(plainVideo) &&
    audio.every((a) => a.codec === 'aac')
  );
}

function number(text: string | undefined): number {
  const value = Number(text);
  return Number.isFinite(value) ? value : 0;
}

/** "24000/1001" or "16:11" → a number; 0 when it says nothing. */
function ratio(text: string | undefined): number {
  const [over, under] = (text ?? '').split(/[/:]/).map(Number);
  return over && under ? over / under : 0;
}

function round(fps: number): number {
  return Math.round(fps * 1000) / 1000;
}
