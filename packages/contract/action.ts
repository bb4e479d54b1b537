import type { z } from 'zod';

/** A documented error of one action: the number on the wire and what it tells the caller. */
export interface DocumentedError {
  code: number;
  meaning: string;
}

/** One action of the API, as `contract/<group>/<Action>.yaml` describes it. */
export interface Action<P extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  /** Name on the wire, e.g. `DescribeVodPlayUrls`. */
  name: string;
  /** Older or newer names that clients send for the same call. */
  aliases: readonly string[];
  group: 'class' | 'media' | 'upload' | 'processing' | 'task' | 'event';
  summary: string;
  /**
   * Where parameters travel: `text` — GET in the query, POST in the body, never mixed (vod.api.qcloud.com);
   * `upload` — always in the query, because the body is raw file bytes (vod2.qcloud.com).
   */
  transport: 'text' | 'upload';
  /** Calls per minute and account that the documents name; null where they name none. */
  rateLimitPerMinute: number | null;
  /** True when the answer comes before the work is done. */
  async: boolean;
  /** Event types that the work ends with. */
  events: readonly string[];
  /** Parameters as a tree of strings (see `wire.ts`) in, typed values out. */
  params: P;
  /** Result fields beside `code`, `message` and `codeDesc`. */
  result: R;
  errors: readonly DocumentedError[];
  /** The contract file's own example; a test sends it and checks the answer's shape. */
  example: { request: string; response: Record<string, unknown> };
  /** What a reader must know beyond the fields: defaults we chose, variants we accept. */
  notes?: string;
}

export type ParamsOf<A> = A extends Action<infer P, z.ZodType> ? z.output<P> : never;
export type ResultOf<A> = A extends Action<z.ZodType, infer R> ? z.input<R> : never;

/** Keeps the exact schema types of an action literal. */
export function defineAction<P extends z.ZodType, R extends z.ZodType>(action: Action<P, R>): Action<P, R> {
  return action;
}
