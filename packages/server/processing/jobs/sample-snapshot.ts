import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { outputName, type SampledSnapshotsDetails } from '../../library/index.ts';
import { pictureSizeOf, positionsEvery, takeSamples } from '../../media/index.ts';
import { defineJob } from './job.ts';
import { pictureFile, pictureOutput, TAKEN } from './picture-set.ts';
import { shapeFields } from './shape.ts';

const input = z.object({
  definition: z.number(),
  ...shapeFields,
  every: z.union([z.object({ percent: z.number() }), z.object({ ms: z.number() })]),
});
const output = z.object({ names: z.array(z.string()) });

/** Of a longer film the pictures are further apart. */
const MOST_PICTURES = 1000;

/** Pictures from the beginning of a video to its end, some percent of it or some time apart. */
export const sampleSnapshotJob = defineJob<z.infer<typeof input>, z.infer<typeof output>>({
  type: 'sampleSnapshot',
  input,
  output,

  async work(batch, { source, folder, run, signal, progress, made }) {
    for (const { index, input } of batch) {
      const { definition, every, ...writing } = input;
      const info = await source.info();
      const stepMs = 'ms' in every ? every.ms : (info.durationMs * every.percent) / 100;
      const positions = positionsEvery(stepMs, info.durationMs, MOST_PICTURES);
      const wanted = positions.map((atMs, number) => {
        const name = outputName({ kind: 'sampledSnapshots', definition, number }, writing.format);
        return { atMs, name, file: path.join(folder, String(index), name) };
      });
      await mkdir(path.join(folder, String(index), 'sampleSnapshot'), { recursive: true });
      await takeSamples(source.path, info, wanted, positions[1] ?? stepMs, {
        ...{ writing, scratch: folder, signal },
        onProgress: (fraction) => progress(index, fraction * TAKEN),
      });
      const names = wanted.map(({ name }) => name);
      const details: SampledSnapshotsDetails = { count: names.length, every };
      const files = wanted.map(({ name, file }) => pictureFile(name, file, writing.format));
      const size = pictureSizeOf(info.video[0]!, writing);
      const about = {
        kind: 'sampledSnapshots' as const,
        definition,
        run,
        container: writing.format,
        details,
      };
      const set = await pictureOutput({ ...about, ...size }, files, signal);
      await made({ jobs: [{ index, output: { names } }], outputs: [set], files });
    }
  },
});
