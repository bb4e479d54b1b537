import { z } from 'zod';

/**
 * Types of parameters as they travel: every scalar is text, lists and objects are trees of text
 * (`tags.1=a` arrives as `{tags: {1: 'a'}}`). See contract/common.yaml, parameterNotation.
 */

/** A decimal integer within JavaScript's safe range. */
export function int(options: { min?: number; max?: number } = {}) {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
  return z
    .string()
    .regex(/^[+-]?\d{1,16}$/, 'must be an integer')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be between ${min} and ${max}`)
    .meta({ wireType: 'Integer', ...options });
}

/** One of some integers, e.g. `intOf(0, 1, 2)`. */
export function intOf<const T extends number>(...allowed: readonly T[]) {
  return z
    .string()
    .transform((value) => Number(value) as T)
    .refine((value) => allowed.includes(value), `must be one of ${allowed.join(', ')}`)
    .meta({ wireType: 'Integer', values: allowed });
}

/** 0 or 1, as a boolean. */
export function flag() {
  return z
    .enum(['0', '1'], { error: 'must be 0 or 1' })
    .transform((value) => value === '1')
    .meta({ wireType: 'Integer', values: [0, 1] });
}

/** Text; lengths are in characters. */
export function text(options: { min?: number; max?: number } = {}) {
  const { min = 0, max = 4096 } = options;
  return z
    .string({ error: 'must be text' })
    .refine(
      (value) => value.length >= min,
      min === 1 ? 'must not be empty' : `must have at least ${min} characters`,
    )
    .refine((value) => [...value].length <= max, `must have at most ${max} characters`)
    .meta({ wireType: 'String', ...options });
}

/**
 * `name.0=a&name.1=b`: ordered by index, gaps and any index base accepted; a bare `name=a` or a
 * non-numeric index (one client literally sends `infoFilter.n=`) counts as an element too.
 */
export function list<T extends z.ZodType>(element: T, options: { max?: number } = {}) {
  const { max = 1000 } = options;
  return z
    .preprocess(toArray, z.array(element).max(max, `must have at most ${max} elements`))
    .meta({ wireType: 'Array', ...options });
}

function toArray(value: unknown): unknown {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // Integer-like keys of an object already come in ascending order, before all others.
  return Object.values(value);
}

/**
 * A parameter that may be left out. Some clients send every parameter, unused ones empty
 * (contract/common.yaml, nullish), so an empty value counts as absent.
 */
export function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
}
