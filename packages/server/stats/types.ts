import type { Place } from './geo/names.ts';
import type { Period } from './spans.ts';

/** What is asked of traffic: `bytes`; `bandwidth` in bit/s, of the busiest five minutes; `requests`; `hits`: the share of requests answered from memory, in 1/10000; `visitors`: different addresses. */
export type Measure = 'bytes' | 'bandwidth' | 'requests' | 'hits' | 'visitors';

export interface Point {
  /** ms since the epoch. */
  startsAt: number;
  value: number;
}

export interface HostTotal {
  host: string;
  value: number;
}

export interface HostSeries {
  host: string;
  points: Point[];
}

export interface PlaceSeries extends Place {
  /** Five minutes each; those without a request are left out. */
  points: Point[];
}

/** Figures of traffic, by domain. `hosts`: which of them, all of the application when empty. */
export interface TrafficQueries {
  /** Domains that the application is, or lately was, delivered from, in alphabetical order. */
  hosts(appId: string): Promise<Domain[]>;
  /** One figure for a period of whole days. */
  totals(appId: string, hosts: readonly string[], period: Period, measure: Measure): Promise<HostTotal[]>;
  /**
   * A figure for each span of a period that has begun by `now`: of `span` ms, a whole number of five minutes, hours or days.
   */
  series(
    appId: string,
    hosts: readonly string[],
    period: Period,
    span: number,
    measure: Measure,
    now: number,
  ): Promise<HostSeries[]>;
  /** Five minutes by region and carrier; those without a request are left out. */
  byPlace(
    appId: string,
    hosts: readonly string[],
    period: Period,
    measure: 'bytes' | 'bandwidth' | 'requests',
    wanted: { regions: readonly string[]; carriers: readonly string[] },
  ): Promise<{ host: string; places: PlaceSeries[] }[]>;
}

export interface Domain {
  host: string;
  /** Days of the first and of the last delivery, ms since the epoch; null for none yet. */
  firstAt: number | null;
  lastAt: number | null;
}

/** What was played of a video in a period. */
export interface VideoPlays {
  videoId: string;
  plays: number;
  bytes: number;
}

export interface PlayPage {
  by: 'plays' | 'bytes';
  descending: boolean;
  skip: number;
  take: number;
}

/** Figures of plays, by video. */
export interface PlayQueries {
  /** A page of the videos that something was delivered of, and the sums of all. Whole hours; `videoIds`: none but these. */
  list(
    appId: string,
    period: Period,
    page: PlayPage,
    videoIds?: readonly string[],
  ): Promise<{ videos: number; plays: number; bytes: number; page: VideoPlays[] }>;
  /** The most played videos of a day, under one domain or all, most plays first. */
  top(appId: string, day: number, host: string | null, take: number): Promise<VideoPlays[]>;
}

/** A file that can be downloaded. */
export interface StatsFile {
  /** Names it in its address. */
  name: string;
  host: string;
  /** ms since the epoch. */
  startsAt: number;
  /** Bytes. */
  size: number;
  /** Good for 24 hours, for whoever has it. */
  url: string;
}

export interface TranscodeDay {
  /** ms since the epoch. */
  startsAt: number;
  formats: { format: string; durationMs: number; jobs: number }[];
}

/** What other rooms and the handlers may ask of statistics. */
export interface Stats extends TrafficQueries, PlayQueries {
  /** What there is to know: traffic with an access log, regions and carriers with a database of addresses each. */
  knows: { traffic: boolean; regions: boolean; carriers: boolean };
  /** Files of daily plays, for days that have begun in the period. */
  playFiles(appId: string, period: Period, now: number): Promise<StatsFile[]>;
  /** Files of the access log, for hours that have begun in the period; of all domains when `hosts` is empty. */
  accessFiles(appId: string, hosts: readonly string[], period: Period, now: number): Promise<StatsFile[]>;
  /** What was transcoded, by day. */
  transcodes(appId: string, period: Period): Promise<TranscodeDay[]>;
}
