import { type Executor, tablesOf } from '../database/index.ts';

/** The tables of this room. */
export interface LibraryTables {
  /** One row a video. A video that is being deleted has no row any more, only one in `deletions`. */
  videos: {
    id: string;
    app_id: string;
    name: string;
    description: string;
    /** 0 is the built-in default class, which has no row in `classes`. */
    class_id: number;
    status: 'normal' | 'waiting' | 'transcoding' | 'transcodeFailed';
    type: string;
    size: number;
    duration_ms: number;
    sha1: string;
    md5: string;
    source_key: string;
    cover_key: string | null;
    created_at: number;
    updated_at: number;
    expires_at: number | null;
    source_type: 'ServerUpload' | 'ClientUpload' | 'Record' | 'Pull';
    source_context: string;
    /** JSON array of text. */
    tags: string;
    /** MediaInfo as JSON; null when the source is no media. */
    info: string | null;
  };
  /** What can be played of a video; definition 0 is its source, so every video has at least one. */
  renditions: {
    video_id: string;
    app_id: string;
    definition: number;
    object_key: string;
    container: string;
    bitrate: number;
    video_bitrate: number;
    width: number;
    height: number;
    size: number;
    total_size: number;
    duration_ms: number;
    md5: string;
    info: string | null;
  };
  /** The class tree of an account: its row is what changes of the tree lock, and says which ids were given. */
  class_trees: {
    app_id: string;
    last_class_id: number;
  };
  classes: {
    app_id: string;
    id: number;
    /** -1 on the first level. */
    parent_id: number;
    /** 0 on the first level. */
    level: number;
    name: string;
    created_at: number;
    updated_at: number;
  };
  /** How many videos were created in a span of time, by class and status. */
  video_counts: {
    app_id: string;
    /** -1 counts all classes together. */
    class_id: number;
    /** Length of the span in ms, see library/counting/spans.ts. */
    span: number;
    /** When the span begins, ms since the epoch, a multiple of its length. */
    starts_at: number;
    status: string;
    videos: number;
  };
  /** Videos whose rows are gone and whose objects are about to go. */
  deletions: {
    video_id: string;
    app_id: string;
    /** When to look at it; 0 for those to go before all others. */
    due_at: number;
    /** Set once `video.deleted` was emitted; the row then waits for a last look at what a late worker may have left. */
    announced: number;
    attempts: number;
  };
}

/** This room's tables on the database or in a transaction. No other room imports them: a room owns its tables. */
export const tables = (executor: Executor) => tablesOf<LibraryTables>(executor);
