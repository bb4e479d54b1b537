export interface VideoStream {
  /** index within the file */
  index: number;
  /** ffmpeg's name: h264, hevc, vp9 … */
  codec: string;
  /** coded size, px */
  width: number;
  height: number;
  /** size as shown, px: after pixel aspect ratio and rotation */
  displayWidth: number;
  displayHeight: number;
  /** degrees clockwise that a player turns the picture */
  rotation: 0 | 90 | 180 | 270;
  /** average frames per second; 0 when unknown */
  fps: number;
  /** bit/s, estimated when the file does not say */
  bitrate: number;
  pixelFormat: string;
  /** ffmpeg's name: "Constrained Baseline", "High" …; empty when unknown */
  profile: string;
  /** as the codec counts, for example 31 for H.264 level 3.1 */
  level?: number;
  bitDepth: number;
  /** PQ or HLG transfer */
  hdr: boolean;
  /** luma from 0 to 255 instead of 16 to 235 */
  fullRange: boolean;
  interlaced: boolean;
  variableFrameRate: boolean;
  /** longest distance between key frames of the whole stream, ms; only when asked for (see `probe`) and known */
  keyFrameIntervalMs?: number;
}

export interface AudioStream {
  /** index within the file */
  index: number;
  codec: string;
  /** bit/s, estimated when the file does not say */
  bitrate: number;
  /** Hz */
  sampleRate: number;
  channels: number;
  /** ffmpeg's name: "LC", "HE-AAC" …; empty when unknown */
  profile: string;
  /** ISO 639 code, when the file says */
  language?: string;
}

/** What there is to know about a media file. Streams that cannot be decoded and embedded pictures are left out. */
export interface MediaInfo {
  /** short name: mp4, m4a, mov, mkv, flv …; hls for a rendition's playlist */
  container: string;
  /** bytes */
  size: number;
  durationMs: number;
  /** bit/s: the sum of the streams' averages */
  bitrate: number;
  /** rotation of the main video stream, degrees clockwise; 0 without video */
  rotation: number;
  /** the main stream (the file's default, else the first) comes first */
  video: VideoStream[];
  audio: AudioStream[];
  /** An MP4 that every browser plays as it is: H.264 8 bit 4:2:0, AAC. */
  browserPlayable: boolean;
}
