import { videoPrefix } from '../../../common/object-keys.ts';
import { snapshotByTimeJob } from '../../jobs/snapshot-by-time.ts';
import { bodyOf } from '../template.ts';
import type { WireJob } from './job.ts';

/** `SnapshotByTimeOffset`, in ms. A picture that could not be taken is not among `imgInfo`; the page has no place for what was against it. */
export const snapshotByTimeOnWire: WireJob = {
  type: snapshotByTimeJob.type,
  taskType: 'SnapshotByTimeOffset',
  parameter: 'snapshotByTimeOffset',

  async ask({ snapshotByTimeOffset: asked }, { db, video: { appId }, templates }) {
    if (!asked) return { jobs: [] };
    const { definition, timeOffset } = asked;
    const about = { db, appId, templates };
    const body = await bodyOf(about, 'snapshot', definition, 'snapshotByTimeOffset.definition');
    return { jobs: [snapshotByTimeJob.ask({ definition, ...body, timesMs: timeOffset })] };
  },

  input(job) {
    const { definition, timesMs } = snapshotByTimeJob.inputOf(job);
    return { definition, timeOffset: timesMs };
  },

  output(job, { appId, videoId, addresses }) {
    const pictures = snapshotByTimeJob.outputOf(job)?.pictures ?? [];
    const prefix = videoPrefix(appId, videoId);
    return {
      imgInfo: pictures.flatMap(({ atMs, name }) =>
        name === null ? [] : [{ timeOffset: atMs, url: addresses.of(prefix + name) }],
      ),
    };
  },
};
