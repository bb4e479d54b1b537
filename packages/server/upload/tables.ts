import { type Executor, tablesOf } from '../database/index.ts';

/** The tables of this room. */
export interface UploadTables {
  upload_sessions: UploadSessionsTable;
  upload_parts: UploadPartsTable;
}

export interface UploadSessionsTable {
  /** Also the id of the assembly that the bytes go into. */
  id: string;
  app_id: string;
  /** SHA-1 of the whole file, lower-case hex. */
  sha1: string;
  /** Bytes. */
  size: number;
  /** The video whose cover this file is; empty for a video. */
  cover_of: string;
  /** Part size of the first announcement, bytes. */
  part_size: number;
  /** Part size of the latest announcement, bytes: some clients keep to their own. */
  announced_part_size: number;
  name: string;
  /** Extension, lower case. */
  type: string;
  class_id: number;
  /** JSON list of text. */
  tags: string;
  /** 0 or 1. */
  transcode: number;
  /** Sampled pictures are taken of it; 0 or 1. */
  snapshots: number;
  /** Who sends it. */
  source_type: 'ServerUpload' | 'ClientUpload';
  /** JSON of the watermark that lies over the transcodes; empty for none. */
  watermark: string;
  /** Where its events are posted, too; empty for nowhere. */
  notify_url: string;
  /** JSON of the procedure that is to be run; empty for none. */
  procedure: string;
  /**
   * `open`: parts may come. `sealed`: all are there and their SHA-1 is right. `done`: the file is registered.
   * `discarded`: what is stored of it has yet to be removed.
   */
  status: 'open' | 'sealed' | 'done' | 'discarded';
  /** Id of the video or picture that it becomes. */
  file_id: string;
  /** Where in the store the file goes. */
  object_key: string;
  /** When it was announced last; of several sessions with one SHA-1 the newest takes the parts. */
  announced_at: number;
  /** When it was announced, got a part (to the minute) or was finished last. */
  touched_at: number;
}

/** Parts that are stored and whose MD5 was right. Those of one session never overlap. */
export interface UploadPartsTable {
  session_id: string;
  /** Bytes. */
  offset: number;
  /** Bytes. */
  size: number;
  /** Lower-case hex. */
  md5: string;
}

/** This room's tables on the database or in a transaction. No other room imports them: a room owns its tables. */
export const tables = (executor: Executor) => tablesOf<UploadTables>(executor);
