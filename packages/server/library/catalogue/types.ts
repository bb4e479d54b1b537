import type { Executor } from '../../database/index.ts';
import type { VideoStatus } from '../videos/types.ts';

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

/** What other rooms may ask of the catalogue: lists of videos, exact and fast at a million. */
export interface Catalogue {
  /** A page of the videos that match, in the order of their creation. */
  listByTime(db: Executor, appId: string, filter: VideoFilter, page: Page): Promise<Listed>;
  /** A page of the videos whose names begin with `prefix`, in the order of their creation. */
  listByName(db: Executor, appId: string, prefix: string, page: Page): Promise<Listed>;
}
