import { z } from 'zod';
import type { Kind } from './kind.ts';

/** One picture at a time that the caller names, also the one that becomes a cover. */
export interface SnapshotBody {
  format: 'jpg';
  /** px; null follows from the other edge, both null keep the size of the source. */
  width: number | null;
  height: number | null;
}

const px = z.int().min(128).max(4096);

/** Single pictures. The documents name no limit of own templates; this one keeps a list of them readable. */
export const snapshot: Kind<SnapshotBody> = {
  body: z.strictObject({ format: z.literal('jpg'), width: px.nullable(), height: px.nullable() }),
  presets: [{ id: 10, name: 'JPEG source', body: { format: 'jpg', width: null, height: null } }],
  limit: 100,
};
