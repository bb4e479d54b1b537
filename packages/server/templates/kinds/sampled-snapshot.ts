import { z } from 'zod';
import type { PictureShape } from '../../media/index.ts';
import type { Kind } from './kind.ts';
import { canBeFilled, FILL_PROBLEM, JPEG_OF_SOURCE, pictureFields } from './picture.ts';

export interface SampledSnapshotBody extends PictureShape {
  /** How far it is from one picture to the next: percent of the duration, or ms. */
  every: { percent: number } | { ms: number };
}

const every = z.union([
  z.strictObject({ percent: z.int().min(1).max(100) }),
  z.strictObject({ ms: z.int().min(1000).max(86_400_000).multipleOf(1000) }),
]);

/** Pictures from the beginning to the end, as far from each other as the template says. */
export const sampledSnapshot: Kind<SampledSnapshotBody> = {
  body: z.strictObject({ ...pictureFields, every }).refine(canBeFilled, FILL_PROBLEM),
  presets: [{ id: 10, name: 'JPEG source 10 %', body: { ...JPEG_OF_SOURCE, every: { percent: 10 } } }],
  limit: 100,
};
