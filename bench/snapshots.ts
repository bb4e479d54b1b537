import { join } from 'node:path';
import { positionsEvery, probe, takeSamples, takeStills } from '../packages/server/media/index.ts';
import { presetOf } from '../packages/server/templates/index.ts';
import { againstDecode } from './against-decode.ts';
import { makeFullHdFilm } from './full-hd-film.ts';
import type { Row } from './row.ts';

/**
 * Pictures in full size of one 1080p film with a key frame every two seconds, against decoding all of its picture: sampled by
 * preset 10, and one at an exact time. `BENCH_SECONDS` changes the film's length (default 60).
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const seconds = Number(process.env.BENCH_SECONDS ?? 60);
  const source = await makeFullHdFilm(seconds);
  const info = await probe(source);
  const writing = presetOf('snapshot', 10)!.body;
  const in10 = positionsEvery(info.durationMs / 10, info.durationMs, 10);
  const filesAt = (folder: string, times: number[]) =>
    times.map((atMs, i) => ({ atMs, file: join(folder, `${i}.jpg`) }));
  const rows = await againstDecode(source, [
    {
      label: `10 sampled pictures of ${seconds} s of 1080p`,
      make: (folder) =>
        takeSamples(source, info, filesAt(folder, in10), info.durationMs / 10, { writing, scratch: folder }),
    },
    {
      label: `a picture at an exact time of ${seconds} s of 1080p`,
      async make(folder) {
        const exact = filesAt(folder, [info.durationMs / 2 + 500]);
        const faults = await takeStills(source, info, exact, { writing, scratch: folder });
        if (faults[0]) throw faults[0];
      },
    },
  ]);
  return { name: 'snapshots', rows };
}
