import type { MediaInfo, VideoStream } from '../media-info.ts';
import type { Variant } from '../playlist.ts';
import type { HlsEncryption } from './encrypt-segments.ts';

/**
 * Everything there is to know about a container: one object of this kind a container, each in a file of its own, all
 * listed in index.ts. Nothing else in this room tells containers apart.
 */
export interface Packaging {
  /** the one name of the container inside the service */
  name: string;
  /** of the main file, without dot */
  extension: string;
  contentType: string;
  /** A second file that the main one speaks of; null where there is one file only. */
  segments: { extension: string; contentType: string } | null;
  /** The codecs it holds as they are, by ffmpeg's names, each with its tag there; null where any tag will do. */
  codecs: Readonly<Record<string, string | null>>;
  /** Sampling rates of a codec that the container has a place for, Hz, falling; all where a codec is not named. */
  sampleRates?: Readonly<Record<string, readonly number[]>>;
  /**
   * Longest distance of key frames with which a copied picture can still be cut into segments, ms; null where nothing
   * is cut, and the distance need not be known.
   */
  longestKeyFrameIntervalMs: number | null;
  /** It tells a player how to turn the picture. Where it does not, only a codec that can say it itself may be copied. */
  carriesRotation: boolean;
  /** A master playlist can list its outputs. */
  hasMasterPlaylist: boolean;
  /** ffmpeg's muxer and its options, as the tee muxer takes them: `f=mp4:movflags=+faststart` */
  muxer: string;
  /** Finishes what ffmpeg has written and says what it is. */
  collect(written: WrittenOutput): Promise<CollectedOutput>;
}

/** An output as ffmpeg leaves it. */
export interface WrittenOutput {
  /** absolute */
  folder: string;
  names: FileNames;
  /** streams that were planned */
  hasVideo: boolean;
  hasAudio: boolean;
  /** degrees clockwise that a copied picture says itself (`carriesRotation` is false); probing does not see it */
  rotation: VideoStream['rotation'];
  /** text before the segments' file name in the playlist, such as "4f3a-2/" */
  segmentBase: string;
  /** Its segments are to be encrypted; null or absent: not. Only packagings with segments know of it. */
  encryption?: HlsEncryption | null;
  signal?: AbortSignal;
}

export interface FileNames {
  main: string;
  segments: string | null;
}

export interface CollectedOutput {
  files: OutputFile[];
  /** of the output; its size is that of the main file */
  info: MediaInfo;
  /** bytes of all its files */
  totalSize: number;
  /** hexadecimal, of the main file */
  md5: string;
  /** How a master playlist lists it; null where it cannot. */
  variant: Variant | null;
}

export interface OutputFile {
  /** for example f0.f210.m3u8 */
  name: string;
  path: string;
  role: 'main' | 'segments';
  contentType: string;
}
