import type { z } from 'zod';
import type { DocumentedError } from './errors.ts';
import type { REFUSAL_CODES } from './refusals.ts';

/** A request as its query string and the answer to it; `otherResponses` shows the other forms it can take. */
export interface Example {
  request: string;
  response: Record<string, unknown>;
  otherResponses?: Readonly<Record<string, Record<string, unknown>>>;
}

/**
 * How calls of an action travel (docs/wire/calls.md): `text` — GET in the query, POST in the body, never mixed;
 * `upload` — always in the query, because the body is raw file bytes; `ugc` — the action in the query, the rest in a
 * JSON body, and no signature.
 */
export type ProtocolName = 'text' | 'upload' | 'ugc';

/** What is known of every action of the original, whether it is offered or not. */
interface Named {
  /** Name on the wire, e.g. `DescribeVodPlayUrls`. */
  name: string;
  /** Older or newer names that clients send for the same call. */
  aliases: readonly string[];
  protocol: ProtocolName;
}

/** One action of the API that is offered. Everything that is said about it, anywhere, follows from here. */
export interface Action<P extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> extends Named {
  group: (typeof GROUPS)[number];
  summary: string;
  /** The call comes from a device: an upload signature of its application takes the place of that of the call. */
  permit?: true;
  /** HTTP methods the call is answered on; both when left out. */
  methods?: readonly ('GET' | 'POST')[];
  /** Calls per minute and account that the documents name; null where they name none. */
  rateLimitPerMinute: number | null;
  /** True when the answer comes before the work is done. */
  async: boolean;
  /** False for a call that makes something new each time it arrives, so that nobody may repeat it unasked. */
  repeatable?: false;
  /** Codes that mean success; 0 alone when left out. */
  successCodes?: readonly number[];
  /** Event types that the work ends with. */
  events: readonly string[];
  /** Parameters as a tree of strings (see `wire.ts`) in, typed values out. */
  params: P;
  /**
   * Other names under which clients send a parameter, as dotted paths: `{tag: 'tags'}`. `parseParams` puts
   * the value in its place before `params` sees it, unless the right name was given too.
   */
  otherNames?: Readonly<Record<string, string>>;
  /** Parameters that clients are known to send and that have no effect here. */
  ignored?: readonly string[];
  /** Codes for parameters, by their names, when they are missing, malformed or refused: `{'video.fps': 10731}`. */
  fieldCodes?: Readonly<Record<string, number>>;
  /** Wire names of what a refusal calls by the service's own name: `{name: 'className'}`. */
  fieldNames?: Readonly<Record<string, string>>;
  /**
   * Result fields beside `message`, `codeDesc` and `canRetry`. `code` is 0 unless the result carries its own
   * (InitUpload succeeds with 0, 1 and 2).
   */
  result: R;
  errors: readonly DocumentedError[];
  /** Refusals that this action answers with another code than `refusals.ts` says. */
  refusals?: Partial<Record<keyof typeof REFUSAL_CODES, number>>;
  /** The original's own example; a test sends it and checks the answer's shape. */
  example: Example;
  /** What a reader must know beyond the fields: defaults we chose, variants we accept. */
  notes?: string;
}

/** An action of the original that this release does not offer: it answers 6100 and says so. */
export interface PlannedAction extends Named {
  /** A draft of the original that was never released. */
  draft?: true;
  /** Clients of the original send it, and no page says what it takes or answers. */
  nameOnly?: true;
}

export type ParamsOf<A> = A extends Action<infer P, z.ZodType> ? z.output<P> : never;
export type ResultOf<A> = A extends Action<z.ZodType, infer R> ? z.input<R> : never;

/** The values of `group`, in the order of the reference. */
export const GROUPS = [
  'media',
  'class',
  'upload',
  'processing',
  'template',
  'drm',
  'task',
  'event',
  'stat',
] as const;

/** Documented codes for faults of the service itself. Clients may know them; OpenVOD answers 6000 instead. */
export function internalErrors(...codes: readonly number[]): DocumentedError[] {
  return codes.map((code) => ({ code, meaning: 'internal error' }));
}

/** Keeps the exact schema types of an action literal. */
export function defineAction<P extends z.ZodType, R extends z.ZodType>(action: Action<P, R>): Action<P, R> {
  return action;
}

/** An action that is known and not offered; everything but its name has a usual value. */
export function planAction(
  name: string,
  { aliases = [], protocol = 'text', ...more }: Partial<Omit<PlannedAction, 'name'>> = {},
): PlannedAction {
  return { name, aliases, protocol, ...more };
}
