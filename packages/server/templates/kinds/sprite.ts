import { z } from 'zod';
import type { SpriteSpec } from '../../media/index.ts';
import type { FieldsOf, Kind } from './kind.ts';
import { canBeFilled, FILL_PROBLEM, fill } from './picture.ts';

const few = z.int().min(1).max(100);
const edge = z.int().min(1).max(4096);

/** Sheets of small pictures; limits as in docs/wire/templates.md, Sprites. */
export const sprite: Kind<SpriteSpec> = {
  body: z
    .strictObject({
      format: z.enum(['jpg', 'png']),
      width: edge,
      height: edge,
      rows: few,
      columns: few,
      intervalMs: z.int().min(1000).max(86_400_000),
      fill,
    } satisfies FieldsOf<SpriteSpec>)
    .refine(canBeFilled, FILL_PROBLEM)
    .refine(({ width, columns }) => isSheetEdge(width * columns), {
      path: ['width'],
      error: 'makes a sheet that is not 128 to 4096 px wide',
    })
    .refine(({ height, rows }) => isSheetEdge(height * rows), {
      path: ['height'],
      error: 'makes a sheet that is not 128 to 4096 px high',
    })
    .refine(({ rows, columns }) => rows * columns <= 100, {
      path: ['rows'],
      error: 'makes a sheet of more than 100 pictures',
    }),
  presets: [
    {
      id: 10,
      name: 'JPEG 10 s',
      body: {
        ...{ format: 'jpg', width: 142, height: 80, rows: 10, columns: 10 },
        ...{ intervalMs: 10_000, fill: 'black' },
      },
    },
  ],
  limit: 100,
};

function isSheetEdge(px: number): boolean {
  return px >= 128 && px <= 4096;
}
