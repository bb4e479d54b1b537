/** What a caller wants made of a source. Where the contract has presets, see specs/transcode-definitions.yaml. */
export interface TranscodeDefinition {
  id: number;
  container: 'mp4' | 'hls' | 'flv';
  /** Only the container changes: streams are copied whatever they are, `video` and `audio` are not looked at. */
  copy?: boolean;
  video: VideoDefinition | null;
  audio: AudioDefinition | null;
}

export interface VideoDefinition {
  codec: 'h264';
  /** px: of the longer edge when self-adapting, of the width otherwise; 'source' keeps the source's size. */
  width: number | 'source';
  /** px: nominal when self-adapting, exact otherwise; null leaves it to the source's display aspect ratio. */
  height: number | 'source' | null;
  selfAdapting: boolean;
  /** frames per second */
  fps: number;
  /** bit/s, an average */
  bitrate: number;
  /** null leaves it to the encoder: high */
  profile: 'baseline' | 'main' | 'high' | null;
  /** frames from one key frame to the next */
  gopFrames: number;
}

export interface AudioDefinition {
  codec: 'aac' | 'mp3';
  /** bit/s */
  bitrate: number;
  channels: 1 | 2;
  /** Hz */
  sampleRate: number;
}
