import { z } from 'zod';
import type { AnimatedSpec } from '../../media/index.ts';
import type { FieldsOf, Kind } from './kind.ts';
import { pictureEdge } from './picture.ts';

/** Pictures that move. No page has their presets: the number and the rate of the first are those of a sample (docs/wire/templates.md). */
export const animated: Kind<AnimatedSpec> = {
  body: z.strictObject({
    format: z.enum(['gif', 'webp']),
    width: pictureEdge.nullable(),
    height: pictureEdge.nullable(),
    fps: z.number().min(1).max(30),
  } satisfies FieldsOf<AnimatedSpec>),
  presets: [
    { id: 20_000, name: 'GIF', body: { format: 'gif', width: 640, height: null, fps: 2 } },
    { id: 20_001, name: 'WebP', body: { format: 'webp', width: 640, height: null, fps: 2 } },
  ],
  limit: 100,
};
