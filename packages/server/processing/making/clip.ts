import { z } from 'zod';
import { clip } from '../../media/index.ts';
import type { Job } from '../../tasks/index.ts';
import type { Maker } from './maker.ts';

const input = z.object({
  /** ms from the beginning; below 0, from the end. */
  startMs: z.number(),
  /** The same; null is the end. */
  endMs: z.number().nullable(),
});

export type ClipInput = z.infer<typeof input>;

export const askClip = (asked: ClipInput) => ({ type: 'clip', input: asked });

/** A stretch of the flow's one source. */
export const clipMaker: Maker = async ([job], [source], { folder, encoding, signal, progress }) => {
  const { files, ...made } = await clip(source!, input.parse((job as Job).input), folder, {
    ...{ encodePreset: encoding.encodePreset, signal },
    onProgress: (fraction) => progress(fraction),
  });
  return { path: files[0]!.path, ...made, renditions: [] };
};
