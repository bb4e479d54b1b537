import type { Executor } from '../database/index.ts';
import type { MediaInfo } from '../media/index.ts';

/**
 * contract/media/DescribeVodInfo.yaml, `status`: 2 normal, 4 transcoding, 7 transcode failed, 10 waiting for transcoding.
 * A video that is being deleted (6) is gone for every reader.
 */
export type VideoStatus = 'normal' | 'waiting' | 'transcoding' | 'transcodeFailed';

export interface Video {
  id: string;
  appId: string;
  name: string;
  description: string;
  classId: number;
  status: VideoStatus;
  /** Extension of the source, lower case, no dot. */
  type: string;
  /** Bytes of the source. */
  size: number;
  durationMs: number;
  sha1: string;
  md5: string;
  sourceKey: string;
  /** Object key of the cover, null when there is none. */
  coverKey: string | null;
  createdAt: number;
  updatedAt: number;
  expiresAt: number | null;
  sourceType: 'ServerUpload' | 'ClientUpload' | 'Record' | 'Pull';
  sourceContext: string;
  tags: string[];
  /** What probing found in the source; null when it is no media. */
  info: MediaInfo | null;
}

export interface Rendition {
  /** 0 is the source itself, 10000 the HLS master playlist. */
  definition: number;
  /** Object key of the file or playlist. */
  key: string;
  container: string;
  /** Video plus audio, bit/s. */
  bitrate: number;
  /** bit/s; 0 without video. */
  videoBitrate: number;
  width: number;
  height: number;
  /** Bytes of the file or playlist. */
  size: number;
  /** Bytes with segments. */
  totalSize: number;
  durationMs: number;
  md5: string;
  /** Null only for a source that is no media. */
  info: MediaInfo | null;
}

/** What a player needs of a rendition. */
export type PlayableRendition = Pick<Rendition, 'definition' | 'key' | 'videoBitrate' | 'width' | 'height'>;

export interface NewVideo {
  id: string;
  appId: string;
  name: string;
  description?: string;
  classId?: number;
  type: string;
  size: number;
  sha1: string;
  md5?: string;
  sourceKey: string;
  coverKey?: string | null;
  expiresAt?: number | null;
  sourceType: Video['sourceType'];
  sourceContext?: string;
  tags?: string[];
  info: MediaInfo | null;
}

/** What other rooms may ask of the library. Functions that take an executor run in the caller's transaction. */
export interface Library {
  /** Writes the video, its tags and its source as rendition 0. An unknown classId falls back to 0, the default class. */
  createVideo(trx: Executor, video: NewVideo, now: number): Promise<void>;
  /** Null when it does not exist, belongs to another account or is being deleted. */
  getVideo(db: Executor, appId: string, videoId: string): Promise<Video | null>;
  /** Name of a class; that of the default class when there is none of this id. */
  className(db: Executor, appId: string, classId: number): Promise<string>;
  /** What can be played of a video, the source first, in one indexed read; empty when there is no such video. */
  playable(appId: string, videoId: string): Promise<PlayableRendition[]>;
  /** By definition, the source first. */
  renditions(db: Executor, appId: string, videoId: string): Promise<Rendition[]>;
  /** Replaces the renditions of the same definitions. @throws VideoGoneError */
  saveRenditions(
    trx: Executor,
    appId: string,
    videoId: string,
    renditions: Rendition[],
    now: number,
  ): Promise<void>;
  /** @throws VideoGoneError */
  setStatus(trx: Executor, appId: string, videoId: string, status: VideoStatus, now: number): Promise<void>;
  /** @throws VideoGoneError */
  setCover(trx: Executor, appId: string, videoId: string, coverKey: string, now: number): Promise<void>;
  /** A complete video with these bytes, for instant upload; the newest when there are several. */
  findBySha1(db: Executor, appId: string, sha1: string, size: number): Promise<Video | null>;
}
