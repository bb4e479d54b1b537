import type { Executor } from '../../database/index.ts';
import type { MediaInfo } from '../../media/index.ts';

/** A video that is being deleted has no status: it is gone for every reader. */
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
  /** What the address of the cover ends with, after its `/`; null when there is none. */
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

/** What a person can change of a video; what is undefined stays. */
export interface VideoEdit {
  name?: string | undefined;
  description?: string | undefined;
  classId?: number | undefined;
  /** ms since the epoch; null: never. */
  expiresAt?: number | null | undefined;
}

/** What can be changed of a video; what is undefined stays. */
export interface VideoChanges extends VideoEdit {
  status?: VideoStatus | undefined;
  coverKey?: string | undefined;
  md5?: string | undefined;
}

/** How soon the objects of a deleted video go, compared with others. */
export type DeletionPriority = 'high' | 'medium' | 'low';

/** What other rooms may ask of videos. Functions that take an executor run in the caller's transaction. */
export interface Videos {
  /** Writes the video, its tags and its source as an output. An unknown classId falls back to 0, the default class. */
  create(trx: Executor, video: NewVideo, now: number): Promise<void>;
  /** Null when it does not exist, belongs to another account or is being deleted. */
  get(db: Executor, appId: string, videoId: string): Promise<Video | null>;
  /** The same. @throws VideoGoneError instead of null */
  require(db: Executor, appId: string, videoId: string): Promise<Video>;
  /** A video of whatever account, for who was given its play address; null when there is none. */
  find(db: Executor, videoId: string): Promise<Video | null>;
  /** In the order of the ids; those that do not exist are left out. */
  getMany(db: Executor, appId: string, videoIds: readonly string[]): Promise<Video[]>;
  /** A complete video with these bytes, for instant upload; the newest when there are several. */
  findBySha1(db: Executor, appId: string, sha1: string, size: number): Promise<Video | null>;
  /** An absent field stays as it is. @throws VideoGoneError */
  change(trx: Executor, appId: string, videoId: string, changes: VideoChanges, now: number): Promise<void>;
  /** What a person may change, checked. @throws VideoGoneError; Refused `class.notFound`, `parameter.refused` */
  edit(appId: string, videoId: string, changes: VideoEdit, now: number): Promise<void>;
  /** @throws VideoGoneError; Refused `tag.refused` */
  addTags(appId: string, videoId: string, tags: readonly string[], now: number): Promise<void>;
  /** Tags that the video does not have are passed over. @throws VideoGoneError */
  removeTags(appId: string, videoId: string, tags: readonly string[], now: number): Promise<void>;
  /**
   * Makes a picture that was taken of the video its cover, by the name that its address ends with.
   * @throws VideoGoneError; Refused `parameter.refused` when there is no such picture
   */
  setCover(appId: string, videoId: string, name: string, now: number): Promise<void>;
  /**
   * Takes a video out of the library at once and cancels the work on it; its objects go soon after, and then that is told of.
   * The same for a picture of no video.
   * @throws VideoGoneError; Refused `video.busy` at low priority, when there is work on it
   */
  delete(appId: string, videoId: string, priority: DeletionPriority, now: number): Promise<void>;
}
