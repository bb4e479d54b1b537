import { z } from 'zod';
import type { PictureShape } from '../../media/index.ts';
import type { Kind } from './kind.ts';
import { canBeFilled, FILL_PROBLEM, JPEG_OF_SOURCE, pictureFields } from './picture.ts';

/** Single pictures at times that the caller names, also the one that becomes a cover. The documents name no limit of own templates; this one keeps a list of them readable. */
export const snapshot: Kind<PictureShape> = {
  body: z.strictObject(pictureFields).refine(canBeFilled, FILL_PROBLEM),
  presets: [{ id: 10, name: 'JPEG source', body: JPEG_OF_SOURCE }],
  limit: 100,
};
