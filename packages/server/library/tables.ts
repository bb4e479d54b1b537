import { type Executor, tablesOf } from '../database/index.ts';
import type { OutputKind } from './outputs/types.ts';

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
  /** What a video has. Every video has its source, and one output at most of each kind, definition and number. */
  outputs: {
    video_id: string;
    app_id: string;
    kind: OutputKind;
    /** 0 where there is none. */
    definition: number;
    number: number;
    /** File name below the video's folder, as the address has it. */
    name: string;
    /** The run in whose folder the files lie; empty when they lie where the address says. */
    run: string;
    container: string;
    bitrate: number;
    video_bitrate: number;
    width: number;
    height: number;
    size: number;
    total_size: number;
    duration_ms: number;
    md5: string;
    /** MediaInfo as JSON; null for what is no media. */
    info: string | null;
    /** JSON object of what only its kind has, or null. */
    details: string | null;
  };
  /** Texts at moments of a video. */
  video_marks: { video_id: string; at_ms: number; content: string };
  /** Runs whose outputs were made anew: what is not in use any more of their files goes when it is due. */
  retired_runs: {
    app_id: string;
    video_id: string;
    run: string;
    due_at: number;
  };
  /** How many videos were created in a span of time, by class and status. */
  video_counts: {
    app_id: string;
    /** -1 counts all classes together. */
    class_id: number;
    /** Length of the span in ms, see library/catalogue/counting/spans.ts. */
    span: number;
    /** When the span begins, ms since the epoch, a multiple of its length. */
    starts_at: number;
    status: string;
    videos: number;
  };
  /** What all outputs of an application take together; none where it never had any. */
  stored_bytes: {
    app_id: string;
    bytes: number;
  };
  /** Videos that have no row, and whose objects are about to go. */
  deletions: {
    video_id: string;
    app_id: string;
    /** When to look at it; 0 for those to go before all others. */
    due_at: number;
    /**
     * 1 once `video.deleted` was emitted; the row then waits for a last look at what a late worker may have left. 2 is no deletion yet,
     * but a note of what is being made, see library/deletion/unfinished.ts.
     */
    announced: number;
    attempts: number;
  };
}

/** This room's tables on the database or in a transaction. No other room imports them: a room owns its tables. */
export const tables = (executor: Executor) => tablesOf<LibraryTables>(executor);
