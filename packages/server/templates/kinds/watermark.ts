import { z } from 'zod';
import type { Watermark } from '../../media/index.ts';
import type { FieldsOf, Kind } from './kind.ts';

/** A distance or a size on a picture: px, or percent of the picture's edge in that direction. */
export type WatermarkLength = Watermark['x'];

/** What media lays over a video, with a picture that is in the store (docs/wire/templates.md, "Watermarks"). */
export interface WatermarkBody extends Omit<Watermark, 'picture'> {
  kind: 'image';
  /** Object of the picture in the store: PNG, APNG or JPEG. Whoever removes it fails the jobs that still wait for it. */
  imageKey: string;
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
