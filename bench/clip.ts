import { clip } from '../packages/server/media/index.ts';
import { againstPlaying } from './copied-film.ts';
import type { Row } from './row.ts';

/** A clip that can be cut by copying, as ClipVideo makes it: looked at, copied, checked, hashed. `BENCH_SECONDS` is the film's length. */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const row = await againstPlaying('clip by copy', ({ path, info, folder }) =>
    clip({ path, info }, { startMs: 4000, endMs: -4000 }, folder, { encodePreset: 'veryfast' }),
  );
  return { name: 'a film without its first and last 4 s', rows: [row] };
}
