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

/** What can be changed of a video; what is undefined stays. */
export interface VideoChanges {
  name?: string | undefined;
  description?: string | undefined;
  /** Must exist. */
  classId?: number | undefined;
  /** ms since the epoch; null: never. */
  expiresAt?: number | null | undefined;
  status?: VideoStatus | undefined;
  coverKey?: string | undefined;
}

/** Which videos a list is of. */
export interface VideoFilter {
  classId?: number | undefined;
  status?: VideoStatus | undefined;
  /** ms since the epoch, `until` not included. */
  created: { from: number; until: number };
}

/** A part of an ordered list. */
export interface Page {
  newestFirst: boolean;
  /** Elements before the page. */
  skip: number;
  /** Elements on the page, at most. */
  take: number;
}

/** Ids of the videos on a page, and how many there are on all pages. */
export interface Listed {
  total: number;
  ids: string[];
}

/** How soon the objects of a deleted video go, compared with others. */
export type DeletionPriority = 'high' | 'medium' | 'low';

/** What other rooms may ask of the library. Functions that take an executor run in the caller's transaction. */
export interface Library {
  /** Writes the video, its tags and its source as rendition 0. An unknown classId falls back to 0, the default class. */
  createVideo(trx: Executor, video: NewVideo, now: number): Promise<void>;
  /** Null when it does not exist, belongs to another account or is being deleted. */
  getVideo(db: Executor, appId: string, videoId: string): Promise<Video | null>;
  /** A video of whatever account, for who was given its play address; null when there is none. */
  findVideo(db: Executor, videoId: string): Promise<Video | null>;
  /** In the order of the ids; those that do not exist are left out. */
  getVideos(db: Executor, appId: string, videoIds: readonly string[]): Promise<Video[]>;
  /** Names of some classes; that of the default class for an id that no class has. */
  classNames(db: Executor, appId: string, classIds: readonly number[]): Promise<(classId: number) => string>;
  /** @throws Refused `class.notFound` when there is no such class */
  requireClass(db: Executor, appId: string, classId: number): Promise<void>;
  /** What can be played of a video, the source first, in one indexed read; empty when there is no such video. */
  playable(appId: string, videoId: string): Promise<PlayableRendition[]>;
  /** The same of several videos, by video id. */
  playableOf(
    db: Executor,
    appId: string,
    videoIds: readonly string[],
  ): Promise<Map<string, PlayableRendition[]>>;
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
  /** An absent field stays as it is. @throws VideoGoneError */
  changeVideo(
    trx: Executor,
    appId: string,
    videoId: string,
    changes: VideoChanges,
    now: number,
  ): Promise<void>;
  /** @throws VideoGoneError, and whatever `change` throws */
  changeTags(
    trx: Executor,
    appId: string,
    videoId: string,
    change: (tags: string[]) => string[],
    now: number,
  ): Promise<void>;
  /** @throws VideoGoneError */
  setStatus(trx: Executor, appId: string, videoId: string, status: VideoStatus, now: number): Promise<void>;
  /** @throws VideoGoneError */
  setCover(trx: Executor, appId: string, videoId: string, coverKey: string, now: number): Promise<void>;
  /** A complete video with these bytes, for instant upload; the newest when there are several. */
  findBySha1(db: Executor, appId: string, sha1: string, size: number): Promise<Video | null>;
  /** A page of the videos that match, in the order of their creation. */
  listByTime(db: Executor, appId: string, filter: VideoFilter, page: Page): Promise<Listed>;
  /** A page of the videos whose names begin with `prefix`, in the order of their creation. */
  listByName(db: Executor, appId: string, prefix: string, page: Page): Promise<Listed>;
  /**
   * Takes a video out of the library at once and cancels the work on it; its objects go soon after, and then
   * that is told of. The same for a picture of no video.
   * @throws VideoGoneError; Refused `video.busy` at low priority, when there is work on it
   */
  deleteVideo(appId: string, videoId: string, priority: DeletionPriority, now: number): Promise<void>;
}
