import { videoPrefix } from '../../../common/object-keys.ts';
import { sampleSnapshotJob } from '../../jobs/sample-snapshot.ts';
import { bodyOf } from '../template.ts';
import type { WireJob } from './job.ts';

/** `SampleSnapshot`. */
export const sampleSnapshotOnWire: WireJob = {
  type: sampleSnapshotJob.type,
  taskType: 'SampleSnapshot',
  parameter: 'sampleSnapshot',

  async ask({ sampleSnapshot }, { db, video: { appId }, templates }) {
    if (!sampleSnapshot) return { jobs: [] };
    const { definition } = sampleSnapshot;
    const about = { db, appId, templates };
    const body = await bodyOf(about, 'sampledSnapshot', definition, 'sampleSnapshot.definition');
    return { jobs: [sampleSnapshotJob.ask({ definition, ...body })] };
  },

  input: (job) => ({ definition: sampleSnapshotJob.inputOf(job).definition }),

  output(job, { appId, videoId, addresses }) {
    const names = sampleSnapshotJob.outputOf(job)?.names ?? [];
    return { imageUrls: names.map((name) => addresses.of(videoPrefix(appId, videoId) + name)) };
  },
};
