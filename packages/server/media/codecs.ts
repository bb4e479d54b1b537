import type { AudioStream, MediaInfo, VideoStream } from './media-info.ts';

/** profile_idc and constraint flags as x264 and other encoders write them */
const h264Profiles: Record<string, string> = {
  'Constrained Baseline': '42c0',
  Baseline: '4200',
  Main: '4d40',
  High: '6400',
};

const aacObjectTypes: Record<string, number> = { LC: 2, 'HE-AAC': 5, 'HE-AACv2': 29 };

/**
 * The CODECS attribute of a rendition (RFC 6381), for example "avc1.64001f,mp4a.40.2".
 *
 * @returns empty when one of the streams has no known name: a wrong attribute is worse than none
 */
export function codecsAttribute(info: Pick<MediaInfo, 'video' | 'audio'>): string {
  const names = [...info.video.slice(0, 1).map(videoCodec), ...info.audio.slice(0, 1).map(audioCodec)];
  return names.includes(null) ? '' : names.join(',');
}

function videoCodec(stream: VideoStream): string | null {
  const profile = h264Profiles[stream.profile];
  if (stream.codec !== 'h264' || !profile || !stream.level) return null;
  return `avc1.${profile}${stream.level.toString(16).padStart(2, '0')}`;
}

function audioCodec(stream: AudioStream): string | null {
  if (stream.codec === 'mp3') return 'mp4a.40.34';
  const type = aacObjectTypes[stream.profile];
  return stream.codec === 'aac' && type ? `mp4a.40.${type}` : null;
}
