import { type Executor, tablesOf } from '../database/index.ts';

/** The tables of this room. Times are ms since the epoch, `span` is the length of what a row is about, ms (`spans.ts`). */
export interface StatsTables {
  /** How far each file of a node's access log has been counted: written with the counts, in one transaction. */
  stats_positions: {
    /** See `counting/node-id.ts`. */
    node: string;
    /** Name of the file while it was written, without folder; never the same one twice. */
    file: string;
    bytes: number;
    /** 1 once its lines lie in the store, sorted by application (`files/access-files.ts`). */
    filed: number;
  };
  /** Domains that an application was delivered from. */
  stats_hosts: {
    app_id: string;
    host: string;
    first_at: number;
    /** The day of the last delivery. */
    last_at: number;
  };
  stats_traffic: {
    app_id: string;
    span: number;
    host: string;
    starts_at: number;
    bytes: number;
    requests: number;
    /** Requests answered from memory. */
    hits: number;
    /** Bytes of the busiest five minutes in it. */
    peak_bytes: number;
    /** Who came: see `visitors.ts`. */
    visitors: string;
  };
  /** By five minutes. */
  stats_regions: {
    app_id: string;
    host: string;
    starts_at: number;
    /** Names of `geo/names.ts`. */
    region: string;
    carrier: string;
    bytes: number;
    requests: number;
  };
  /** By hour and by day. */
  stats_plays: {
    app_id: string;
    span: number;
    starts_at: number;
    video_id: string;
    host: string;
    bytes: number;
    plays: number;
    mobile_plays: number;
    /** Days only. */
    visitors: string;
  };
  /** Days on which something was played: which of their changes the file of the day has. */
  stats_days: {
    app_id: string;
    starts_at: number;
    revision: number;
    filed_revision: number;
  };
  /** Objects in the store that can be downloaded. */
  stats_files: {
    object_key: string;
    app_id: string;
    kind: 'access' | 'plays';
    /** Empty for what is not of one domain. */
    host: string;
    starts_at: number;
    size: number;
  };
  /** By day. */
  stats_transcodes: {
    app_id: string;
    starts_at: number;
    format: string;
    jobs: number;
    duration_ms: number;
  };
  /** What download addresses are signed with. */
  stats_secrets: {
    name: string;
    secret: string;
  };
}

/** This room's tables on the database or in a transaction. No other room imports them: a room owns its tables. */
export const tables = (executor: Executor) => tablesOf<StatsTables>(executor);
