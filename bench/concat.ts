import { joinMedia } from '../packages/server/media/index.ts';
import { againstPlaying } from './copied-film.ts';
import type { Row } from './row.ts';

/** Alike films joined by copying, as ConcatVideo does it: looked at, copied, checked, hashed. `BENCH_SECONDS` is the length of one. */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const row = await againstPlaying('join by copy', ({ path, info, folder }) =>
    joinMedia(
      [
        { path, info },
        { path, info },
        { path, info },
      ],
      folder,
      {
        ...{ encodePreset: 'veryfast', containers: ['hls'] },
      },
    ),
  );
  return { name: 'a film three times, one after the other', rows: [row] };
}
