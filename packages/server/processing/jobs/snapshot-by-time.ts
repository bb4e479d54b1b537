import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { outputName, type SnapshotsDetails } from '../../library/index.ts';
import { pictureSizeOf, takeStills } from '../../media/index.ts';
import type { Failure } from '../../tasks/index.ts';
import { mediaFailure } from '../failure.ts';
import { defineJob } from './job.ts';
import { pictureFile, pictureOutput, TAKEN } from './picture-set.ts';
import { shapeFields } from './shape.ts';

const input = z.object({
  definition: z.number(),
  ...shapeFields,
  timesMs: z.array(z.number()),
});

const output = z.object({
  /** In the order of the times; a picture has a name, or what was against it. */
  pictures: z.array(
    z.object({
      atMs: z.number(),
      name: z.string().nullable(),
      failure: z.custom<Failure>().nullable(),
    }),
  ),
});

/** Pictures of a video at exact times. It fails when there is none at any of them. */
export const snapshotByTimeJob = defineJob<z.infer<typeof input>, z.infer<typeof output>>({
  type: 'snapshotByTime',
  input,
  output,

  async work(batch, { source, folder, run, signal, progress, made }) {
    for (const { index, input } of batch) {
      const { definition, timesMs, ...writing } = input;
      const info = await source.info();
      const wanted = timesMs.map((atMs, number) => {
        const name = outputName({ kind: 'snapshots', definition, number }, writing.format);
        return { atMs, name, file: path.join(folder, String(index), name) };
      });
      await mkdir(path.join(folder, String(index), 'snapshotByTimeOffset'), { recursive: true });
      const faults = await takeStills(source.path, info, wanted, {
        ...{ writing, scratch: folder, signal },
        onProgress: (fraction) => progress(index, fraction * TAKEN),
      });
      const taken = wanted.filter((_, i) => faults[i] === null);
      if (taken.length === 0) {
        await made({ jobs: [{ index, failure: mediaFailure(faults[0]!) }], outputs: [], files: [] });
        continue;
      }
      const pictures = wanted.map(({ atMs, name }, i) => {
        const fault = faults[i] ?? null;
        return { atMs, name: fault ? null : name, failure: fault && mediaFailure(fault) };
      });
      const details: SnapshotsDetails = {
        pictures: pictures.map(({ atMs, failure }) => ({ atMs, isTaken: failure === null })),
      };
      const files = taken.map(({ name, file }) => pictureFile(name, file, writing.format));
      const size = pictureSizeOf(info.video[0]!, writing);
      const about = { kind: 'snapshots' as const, definition, run, container: writing.format, details };
      const set = await pictureOutput({ ...about, ...size }, files, signal);
      await made({ jobs: [{ index, output: { pictures } }], outputs: [set], files });
    }
  },
});
