import { z } from 'zod';

/** What a picture is to be like, as jobs keep it. Version 0.1 and the drafts after it kept edges only. */
export const shapeFields = {
  format: z.enum(['jpg', 'png']).default('jpg'),
  /** px; null follows from the other edge, both null keep the size of the source. */
  width: z.number().nullable(),
  height: z.number().nullable(),
  fill: z.enum(['stretch', 'black', 'white', 'transparent']).default('stretch'),
};
