import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { clip, joinMedia, type MediaSource } from '../../media/index.ts';
import type { Job } from '../../tasks/index.ts';
import type { Maker, MakingContext } from './maker.ts';

const input = z.object({
  /** One for each source of the flow: ms from its beginning, below 0 from its end; a null end is its end. */
  pieces: z.array(z.object({ startMs: z.number(), endMs: z.number().nullable() })),
});

export type PiecesInput = z.infer<typeof input>;
type Piece = PiecesInput['pieces'][number];

export const askPieces = (asked: PiecesInput) => ({ type: 'pieces', input: asked });

/** Cutting is half of the work, joining the other. */
const CUT = 0.5;

/** A stretch of each of the flow's sources, one after the other. */
export const piecesMaker: Maker = async ([job], sources, context) => {
  const { pieces } = input.parse((job as Job).input);
  const { folder, encoding, signal, progress } = context;
  // bounded by: the sources of a flow
  const cut: MediaSource[] = [];
  for (const [i, source] of sources.entries()) {
    cut.push(
      await cutPiece(source, pieces[i]!, path.join(folder, `piece-${i}`), context, (fraction) =>
        progress(((i + fraction) / sources.length) * CUT),
      ),
    );
  }
  const joined = await joinMedia(cut, folder, {
    ...{ encodePreset: encoding.encodePreset, signal, containers: [] },
    onProgress: (fraction) => progress(CUT + fraction * (1 - CUT)),
  });
  const { files, info, md5 } = joined;
  return { path: files[0]!.path, info, md5, renditions: [] };
};

async function cutPiece(
  source: MediaSource,
  { startMs, endMs }: Piece,
  folder: string,
  { encoding, signal }: MakingContext,
  onProgress: (fraction: number) => void,
): Promise<MediaSource> {
  if (startMs === 0 && endMs === null) return source;
  await mkdir(folder);
  const { encodePreset } = encoding;
  const { files, info } = await clip(source, { startMs, endMs }, folder, {
    encodePreset,
    signal,
    onProgress,
  });
  return { path: files[0]!.path, info };
}
