import { z } from 'zod';
import { joinMedia, planTranscode, transcode } from '../../media/index.ts';
import type { Job } from '../../tasks/index.ts';
import { presetSpec } from '../definitions.ts';
import type { Maker } from './maker.ts';

/** The definition that repackages to HLS, under which a joined video has its playlist. */
const HLS_COPY = 6;

const input = z.object({ container: z.enum(['mp4', 'hls']) });

export type ConcatInput = z.infer<typeof input>;

export const askConcat = (asked: ConcatInput) => ({ type: 'concat', input: asked });
export const concatInputOf = (job: Pick<Job, 'input'>): ConcatInput => input.parse(job.input);

/** Joining is the work; to repackage it is a copy. */
const JOINED = 0.9;

/** The flow's sources one after the other: an MP4, and HLS over the same streams where a job asks for it. */
export const concatMaker: Maker = async (jobs, sources, context) => {
  const { folder, encoding, run, signal, progress } = context;
  const { encodePreset } = encoding;
  const wantsHls = jobs.some((job) => concatInputOf(job).container === 'hls');
  const { files, info, md5 } = await joinMedia(sources, folder, {
    ...{ encodePreset, signal, containers: wantsHls ? ['hls'] : [] },
    onProgress: (fraction) => progress(fraction * JOINED),
  });
  const { path } = files[0]!;
  if (!wantsHls) return { path, info, md5, renditions: [] };
  const plan = planTranscode(info, [presetSpec(HLS_COPY)]);
  const renditions = await transcode(path, plan, folder, { signal, encodePreset, segmentBase: `${run}/` });
  return { path, info, md5, renditions };
};
