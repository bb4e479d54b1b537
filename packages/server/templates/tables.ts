import { type Executor, tablesOf } from '../database/index.ts';

/** The tables of this room. */
export interface TemplatesTables {
  /** Templates of applications; presets are in `kinds/`. */
  templates: {
    app_id: string;
    /** A name of `kinds/all.ts`. */
    kind: string;
    id: number;
    name: string;
    description: string;
    /** JSON object that the kind's schema reads. */
    body: string;
    created_at: number;
    updated_at: number;
  };
  /** Pictures that an application was given an address for, to send them to. */
  watermark_pictures: {
    app_id: string;
    id: string;
    extension: string;
    /** Of the signature that the address has, hexadecimal. */
    sign_sha256: string;
    /** Up to when the address takes a picture, ms since the epoch. */
    expires_at: number;
    /** Of the picture, hexadecimal; null as long as none has come. */
    content_sha256: string | null;
    /** Since when it is known that no template names it; null while one does, and before anybody has looked. */
    unused_since: number | null;
  };
  /** Which ids an application was given; the row is also what new templates of a kind lock, one at a time. */
  template_ids: {
    app_id: string;
    kind: string;
    last_id: number;
  };
}

/** This room's tables on the database or in a transaction. No other room imports them: a room owns its tables. */
export const tables = (executor: Executor) => tablesOf<TemplatesTables>(executor);
