import { z } from 'zod';

/**
 * Types of parameters as they travel: every scalar is text, lists and objects are trees of text
 * (`tags.1=a` arrives as `{tags: {1: 'a'}}`). See docs/wire/calls.md, Notation of parameters.
 * The `meta` of each type feeds the generated reference and the SDK's interfaces.
 */

/** A decimal integer within JavaScript's safe range. */
export function int(options: { min?: number; max?: number } = {}) {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
  return decimal()
    .refine((value) => value >= min && value <= max, { error: rangeMessage(options) })
    .meta({ wireType: 'Integer', ...options });
}

/** One of some integers, e.g. `intOf(0, 1, 2)`. */
export function intOf<const T extends number>(...allowed: readonly T[]) {
  const error = `must be one of ${allowed.join(', ')}`;
  return z
    .string({ error })
    .transform((value) => (isDecimal(value) ? Number(value) : Number.NaN) as T)
    .refine((value) => allowed.includes(value), { error })
    .meta({ wireType: 'Integer', values: allowed });
}

/**
 * A page number, counted from 1. Clients disagree on the base and send 0 for "not set", so absent, 0 and
 * negative all mean the first page.
 */
export function pageNumber() {
  return z
    .preprocess((value) => value || '1', decimal())
    .transform((page) => Math.max(1, page))
    .meta({ wireType: 'Integer', default: 1 });
}

/**
 * How many elements to return. The documents name a range, but a refusal would break clients that send 0
 * for "not set" or a little too much: absent, 0 and negative mean the default, more than `max` means `max`.
 */
export function pageSize(options: { default: number; max: number }) {
  return z
    .preprocess((value) => value || '0', decimal())
    .transform((size) => (size < 1 ? options.default : Math.min(size, options.max)))
    .meta({ wireType: 'Integer', ...options });
}

/** 0 or 1, as a boolean. */
export function flag() {
  return z
    .enum(['0', '1'], { error: 'must be 0 or 1' })
    .transform((value) => value === '1')
    .meta({ wireType: 'Flag', values: [0, 1] });
}

/** Text; lengths are in characters. */
export function text(options: { min?: number; max?: number } = {}) {
  const { min = 0, max = 4096 } = options;
  return z
    .string({ error: 'must be text' })
    .refine((value) => value.length >= min, {
      error: min === 1 ? 'must not be empty' : `must have at least ${min} characters`,
    })
    .refine((value) => value.length <= max || [...value].length <= max, {
      error: `must have at most ${max} characters`,
    })
    .meta({ wireType: 'String', ...options });
}

/** Text of at most so many bytes in UTF-8. */
export function textOfBytes(max: number) {
  return z
    .string({ error: 'must be text' })
    .refine((value) => new TextEncoder().encode(value).length <= max, {
      error: `must have at most ${max} bytes`,
    })
    .meta({ wireType: 'String' });
}

/** One of some words, matched without regard to case; `others` are further spellings of one of them. */
export function word<const T extends string>(allowed: readonly T[], others: Record<string, T> = {}) {
  const error = `must be one of ${allowed.join(', ')}`;
  const canonical = new Map<string, T>(allowed.map((value) => [value.toLowerCase(), value]));
  for (const [other, value] of Object.entries(others)) canonical.set(other.toLowerCase(), value);
  return z
    .string({ error })
    .transform((value, context) => {
      const match = canonical.get(value.toLowerCase());
      if (match !== undefined) return match;
      context.issues.push({ code: 'custom', message: error, input: value });
      return z.NEVER;
    })
    .meta({ wireType: 'String', values: allowed });
}

/** The id of a video: digits, but any short text is let through; one that nobody has answers 10008. */
export function fileId() {
  return text({ min: 1, max: 64 });
}

/** Name of an uploaded file: at most 40 characters, none of `\ / : * ? " < >` (docs/wire/uploads.md, InitUpload). */
export function uploadName() {
  return text({ min: 1, max: 40 }).refine((value) => !/[\\/:*?"<>]/.test(value), {
    error: String.raw`must not contain any of \ / : * ? " < >`,
  });
}

/** A file name extension such as `mp4`, given with or without its dot and in any case; lower case here. */
export function extension() {
  return z
    .string({ error: 'must be text' })
    .regex(/^\.?[A-Za-z0-9]{1,16}$/, { error: 'must be a file name extension such as mp4' })
    .transform((value) => value.replace('.', '').toLowerCase())
    .meta({ wireType: 'String' });
}

/** A digest in hex, `digits` long. Clients send either case; lower case here. */
export function hex(digits: number) {
  return z
    .string({ error: 'must be text' })
    .refine((value) => value.length === digits && /^[0-9a-f]+$/i.test(value), {
      error: `must be ${digits} hexadecimal digits`,
    })
    .transform((value) => value.toLowerCase())
    .meta({ wireType: 'String' });
}

/** `YYYY-MM-DD hh:mm:ss` (`1970-1-1 00:00:00` too) in UTC+8, as ms since the epoch. See `parseDateTime`. */
export function dateTime() {
  return z
    .string({ error: 'must be text' })
    .transform((value, context) => {
      const ms = parseDateTime(value);
      if (ms !== undefined) return ms;
      context.issues.push({
        code: 'custom',
        message: 'must be a time such as 2017-10-01 00:00:00',
        input: value,
      });
      return z.NEVER;
    })
    .meta({ wireType: 'DateTime' });
}

/** An object that travels as `name.field=…`. */
export function object<T extends z.ZodRawShape>(shape: T) {
  return z.object(shape, { error: 'must be given by its fields, as name.field=value' });
}

/**
 * `name.0=a&name.1=b`: ordered by index, gaps and any index base accepted; a bare `name=a` or a
 * non-numeric index (one client literally sends `infoFilter.n=a`) counts as an element too; empty
 * elements are dropped, as some clients send every parameter they know.
 */
export function list<T extends z.ZodType>(element: T, options: { min?: number; max?: number } = {}) {
  const { min = 0, max = 1000 } = options;
  return z
    .preprocess(
      toArray,
      z
        .array(element, { error: 'must be a list' })
        .min(min, { error: min === 1 ? 'must not be empty' : `must have at least ${min} elements` })
        .max(max, { error: `must have at most ${max} elements` }),
    )
    .meta({ wireType: 'Array', ...options });
}

/** A video in a list of sources: `name.0.fileId=…`, or, as the oldest documents have it, a bare `name.0=…`. */
export function sourceFile() {
  return z.preprocess(
    (value) => (typeof value === 'string' ? { fileId: value } : value),
    object({ fileId: fileId().describe('Which video.') }),
  );
}

/**
 * A parameter that may be left out. Some clients send every parameter, unused ones empty
 * (docs/wire/calls.md, Notation of parameters), so an empty value counts as absent.
 */
export function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess(emptyIsAbsent, schema.optional());
}

/** Like `optional`, with the value that an absent one means. */
export function withDefault<T extends z.ZodType>(schema: T, value: z.output<T>) {
  return z
    .preprocess(
      emptyIsAbsent,
      schema.optional().transform((given) => (given === undefined ? value : given) as z.output<T>),
    )
    .meta({ default: value });
}

const UTC8_MS = 8 * 3600 * 1000;

/**
 * Reads `YYYY-MM-DD hh:mm:ss` as a time in UTC+8, the zone of the original service. The time of day may be
 * missing, months, days and hours may have one digit.
 * @returns ms since the epoch, or undefined when `value` is not a time of the calendar.
 */
export function parseDateTime(value: string): number | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?: +(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?$/.exec(value.trim());
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  // setUTCFullYear, because Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 - UTC8_MS;
}

/** Writes ms since the epoch as `YYYY-MM-DD hh:mm:ss` in UTC+8; the inverse of `parseDateTime` at whole seconds. */
export function formatDateTime(ms: number): string {
  return new Date(ms + UTC8_MS).toISOString().slice(0, 19).replace('T', ' ');
}

function decimal() {
  return z
    .string({ error: 'must be an integer' })
    .refine(isDecimal, { error: 'must be an integer' })
    .transform(Number);
}

function isDecimal(value: string): boolean {
  return /^[+-]?\d{1,16}$/.test(value);
}

function rangeMessage({ min, max }: { min?: number; max?: number }): string {
  if (min !== undefined && max !== undefined) return `must be between ${min} and ${max}`;
  if (min !== undefined) return `must be at least ${min}`;
  return max === undefined ? 'is out of range' : `must be at most ${max}`;
}

function toArray(value: unknown): unknown {
  if (value === undefined || Array.isArray(value)) return value;
  if (typeof value === 'string') return value === '' ? undefined : [value];
  if (typeof value !== 'object' || value === null) return value;
  // Integer-like keys of an object already come in ascending order, before all others.
  return Object.values(value).filter((element) => element !== '');
}

function emptyIsAbsent(value: unknown): unknown {
  return value === '' ? undefined : value;
}
