import { makeSprite, probe } from '../packages/server/media/index.ts';
import { presetOf } from '../packages/server/templates/index.ts';
import { againstDecode } from './against-decode.ts';
import { makeFullHdFilm } from './full-hd-film.ts';
import type { Row } from './row.ts';

/**
 * Sprites of one 1080p film with a key frame every two seconds, against decoding all of its picture: preset 10, a tile every ten
 * seconds, and a tile a second. `BENCH_SECONDS` changes the film's length (default 60).
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const seconds = Number(process.env.BENCH_SECONDS ?? 60);
  const source = await makeFullHdFilm(seconds);
  const info = await probe(source);
  const preset = presetOf('sprite', 10)!.body;
  const making = (intervalMs: number) => ({
    label: `sprite of ${Math.ceil((seconds * 1000) / intervalMs)} tiles of ${seconds} s of 1080p`,
    async make(folder: string) {
      const { count } = await makeSprite(source, info, { ...preset, intervalMs }, folder, (n) => `${n}.jpg`);
      if (count !== Math.ceil(info.durationMs / intervalMs)) throw new Error(`${count} tiles`);
    },
  });
  return { name: 'sprite', rows: await againstDecode(source, [making(preset.intervalMs), making(1000)]) };
}
