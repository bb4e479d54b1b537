import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type AnimatedDetails, outputName } from '../../library/index.ts';
import { type AnimatedSpec, animate } from '../../media/index.ts';
import { defineJob } from './job.ts';
import { pictureFile, pictureOutput, TAKEN } from './picture-set.ts';

const input = z.object({
  definition: z.number(),
  spec: z.custom<AnimatedSpec>(),
  /** ms; an end beyond that of the video is its end. */
  startMs: z.number(),
  endMs: z.number(),
});
const output = z.object({
  name: z.string(),
  format: z.enum(['gif', 'webp']),
  width: z.number(),
  height: z.number(),
  fps: z.number(),
});

/** A stretch of a video as a picture that moves. */
export const animatedJob = defineJob<z.infer<typeof input>, z.infer<typeof output>>({
  type: 'animated',
  input,
  output,

  async work(batch, { source, folder, run, signal, progress, made }) {
    for (const { index, input } of batch) {
      const { definition, spec, startMs, endMs } = input;
      const { format, fps } = spec;
      const name = outputName({ kind: 'animated', definition, number: 0 }, format);
      const file = path.join(folder, String(index), name);
      await mkdir(path.dirname(file), { recursive: true });
      const info = await source.info();
      const size = await animate(source.path, info, spec, { startMs, endMs }, file, {
        signal,
        onProgress: (fraction) => progress(index, fraction * TAKEN),
      });
      const details: AnimatedDetails = { startMs, endMs: Math.min(endMs, info.durationMs), fps };
      const about = { kind: 'animated' as const, definition, run, container: format, details };
      const files = [pictureFile(name, file, format)];
      const durationMs = details.endMs - startMs;
      const picture = await pictureOutput({ ...about, ...size, durationMs }, files, signal);
      await made({
        jobs: [{ index, output: { name, format, ...size, fps } }],
        outputs: [picture],
        files,
      });
    }
  },
});
