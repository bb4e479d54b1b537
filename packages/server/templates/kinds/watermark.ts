import { z } from 'zod';
import type { FieldsOf, Kind } from './kind.ts';

/** A distance or a size on a picture: px, or percent of the picture's edge in that direction. */
export interface WatermarkLength {
  value: number;
  unit: 'px' | 'percent';
}

/** A picture that is laid over a video from its beginning to its end (docs/wire/templates.md, "Watermarks"). */
export interface WatermarkBody {
  kind: 'image';
  /** Object of the picture in the store, JPEG or PNG. Whoever removes it fails the jobs that still wait for it. */
  imageKey: string;
  /** The corner of the video that `x` and `y` count from, to the same corner of the picture. */
  origin: 'topLeft' | 'topRight' | 'bottomLeft' | 'bottomRight';
  /** Percentages are of the video's width. */
  x: WatermarkLength;
  /** Of the video's height. */
  y: WatermarkLength;
  /** Of the video's width. */
  width: WatermarkLength;
  /** Of the video's height; null keeps the picture's own ratio. */
  height: WatermarkLength | null;
}

const MAX_PX = 4096;

/** A value with its unit rather than a field a unit, so that a patch may change one into the other. */
function length(min: number) {
  return z
    .strictObject({
      value: z.number().min(min),
      unit: z.enum(['px', 'percent']),
    } satisfies FieldsOf<WatermarkLength>)
    .refine(({ value, unit }) => value <= (unit === 'px' ? MAX_PX : 100), {
      path: ['value'],
      error: `must be at most ${MAX_PX} px or 100 percent`,
    })
    .refine(({ value, unit }) => unit === 'percent' || Number.isInteger(value), {
      path: ['value'],
      error: 'must be a whole number of px',
    });
}

const body = z.strictObject({
  kind: z.literal('image'),
  imageKey: z.string().min(1).max(1024),
  origin: z.enum(['topLeft', 'topRight', 'bottomLeft', 'bottomRight']),
  x: length(0),
  y: length(0),
  width: length(1),
  height: length(1).nullable(),
} satisfies FieldsOf<WatermarkBody>);

/** There is no picture that everybody has, so no presets. The documents allow 16 own ones. */
export const watermark: Kind<WatermarkBody> = { body, presets: [], limit: 16 };
