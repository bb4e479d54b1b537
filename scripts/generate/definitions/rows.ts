import type { BodyOf } from '../../../packages/server/templates/index.ts';

type Transcode = BodyOf<'transcode'>;

/** What a transcode definition says, a cell each: container, size, frame rate, video, key frames, sound. */
export function transcodeCells({ container, copy, video, audio }: Transcode): string[] {
  if (copy) return [container, 'as it is', 'as it is', 'copied', 'as they are', 'copied'];
  return [
    container,
    video ? sizeOf(video) : '—',
    video ? `${video.fps}` : '—',
    video ? `${codecName(video.codec)} ${profileOf(video)}, ${kilobits(video.bitrate)}` : 'none',
    video ? `every ${video.gopFrames} frames (${seconds(video.gopFrames / video.fps)})` : '—',
    audio ? soundOf(audio) : 'none',
  ];
}

function sizeOf({ width, selfAdapting, height }: NonNullable<Transcode['video']>): string {
  if (width === 'source') return 'that of the source';
  return selfAdapting ? `longer edge ${width} px` : `${width ?? '…'} × ${height ?? '…'} px`;
}

function codecName(codec: string): string {
  return { h264: 'H.264', hevc: 'H.265', aac: 'AAC', mp3: 'MP3' }[codec] ?? codec;
}

function profileOf({ codec, profile }: NonNullable<Transcode['video']>): string {
  return profile ?? (codec === 'hevc' ? 'main' : 'high');
}

function soundOf({ codec, bitrate, channels, sampleRate }: NonNullable<Transcode['audio']>): string {
  return `${codecName(codec)} ${kilobits(bitrate)}, ${channels === 1 ? 'mono' : 'stereo'}, ${sampleRate} Hz`;
}

function kilobits(bits: number): string {
  return `${bits / 1000} kbit/s`;
}

function seconds(value: number): string {
  return `${Math.round(value * 10) / 10} s`;
}

/** What a definition of any other kind says, in one cell: `format: jpg; width: as the source`. */
export function wordsOf(body: object, path = ''): string {
  return Object.entries(body)
    .map(([name, value]: [string, unknown]) => {
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return wordsOf(value, `${path}${words(name)} `);
      return `${path}${words(name)}: ${value === null ? 'not fixed' : String(value)}`;
    })
    .join('; ');
}

/** `sampleRate` → `sample rate` */
function words(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
