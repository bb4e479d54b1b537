import { z } from 'zod';

/** A figure of a template: as it is, or only an upper bound, where the source stays at less. A bound travels below 0. */
export interface Bounded {
  value: number;
  isBound: boolean;
}

interface Options {
  min: number;
  max: number;
  /** Decimals are allowed. */
  fractions?: boolean;
  /** 0 is allowed too, whatever `min` says. */
  zero?: boolean;
}

/** A figure whose sign says how it is meant: `-512` is at most 512. Ranges hold for the figure without it. */
export function bounded({ min, max, fractions = false, zero = false }: Options) {
  const error = `must be ${fractions ? 'a number' : 'an integer'} from ${min} to ${max}, or the same below 0 for "at most"${zero ? ', or 0' : ''}`;
  const shape = fractions ? /^[+-]?\d{1,6}(\.\d{1,6})?$/ : /^[+-]?\d{1,9}$/;
  return figure(error, fractions, (value, text) => {
    if (!shape.test(text)) return false;
    return (value >= min && value <= max) || (zero && value === 0);
  });
}

/** The same for figures of which there are a few. */
export function boundedOf(...allowed: readonly number[]) {
  const error = `must be one of ${allowed.join(', ')}, or the same below 0 for "at most"`;
  return figure(error, false, (value, text) => /^[+-]?\d{1,9}$/.test(text) && allowed.includes(value));
}

function figure(error: string, fractions: boolean, isAllowed: (value: number, text: string) => boolean) {
  return z
    .string({ error })
    .transform((text, context): Bounded => {
      const value = Math.abs(Number(text));
      if (isAllowed(value, text)) return { value, isBound: text.startsWith('-') && value !== 0 };
      context.issues.push({ code: 'custom', message: error, input: text });
      return z.NEVER;
    })
    .meta({ wireType: fractions ? 'Float' : 'Integer' });
}

/** A figure as it travels; the inverse of what `bounded` reads. */
export function boundedText({ value, isBound }: Bounded): number {
  return isBound ? -value : value;
}
