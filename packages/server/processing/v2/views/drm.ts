import type { Job } from '../../../tasks/index.ts';
import { transcodeJob } from '../../jobs/transcode.ts';

/** `drm` of a task flow; nothing when it was not asked to encrypt. Its key is named once something has been encrypted with it. */
export function drmOf(jobs: readonly Job[]) {
  const transcodes = jobs.filter(({ type }) => type === transcodeJob.type);
  const asked = transcodes.flatMap((job) => transcodeJob.inputOf(job).encryption ?? [])[0];
  if (!asked) return {};
  const edks = transcodes.flatMap((job) => transcodeJob.outputOf(job)?.encryption?.edk ?? []);
  return {
    drm: {
      definition: asked.definition,
      keySource: 'VodBuildInKMS',
      getKeyUrl: asked.keyUrl,
      edkList: [...new Set(edks)],
    },
  };
}
