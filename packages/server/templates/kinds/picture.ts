import { z } from 'zod';
import type { PictureShape } from '../../media/index.ts';
import type { FieldsOf } from './kind.ts';

/** Ranges are those that docs/wire/templates.md has for pictures. */
export const pictureEdge = z.int().min(128).max(4096);

/** A picture that was kept before there were ways to fill is stretched. */
export const fill = z.enum(['stretch', 'black', 'white', 'transparent']).default('stretch');

/** What all single pictures say. */
export const pictureFields = {
  format: z.enum(['jpg', 'png']),
  width: pictureEdge.nullable(),
  height: pictureEdge.nullable(),
  fill,
} satisfies FieldsOf<PictureShape>;

/** Only PNG can be seen through. */
export function canBeFilled({ format, fill }: Pick<PictureShape, 'format' | 'fill'>): boolean {
  return fill !== 'transparent' || format === 'png';
}

export const FILL_PROBLEM = { path: ['fill'], error: 'transparent is for png only' };

/** As most presets have it. */
export const JPEG_OF_SOURCE: PictureShape = { format: 'jpg', width: null, height: null, fill: 'stretch' };
