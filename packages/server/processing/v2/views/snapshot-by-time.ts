import type { CreateSnapshotByTimeOffsetComplete, EventDataOf } from '@openvod/contract/v2';
import type { Addresses } from '../../../common/addresses.ts';
import { videoPrefix } from '../../../common/object-keys.ts';
import type { FlowChanged } from '../../events.ts';
import { snapshotByTimeJob } from '../../jobs/snapshot-by-time.ts';
import { jobErrorCode } from './error-codes.ts';

/** `data` of CreateSnapshotByTimeOffsetComplete: a result for each picture, also when there is none. While it is under way the list is empty. */
export function snapshotByTimeData({ flow }: FlowChanged, addresses: Addresses) {
  const fileId = flow.videoId ?? '';
  const urlOf = (name: string) => addresses.of(videoPrefix(flow.appId, fileId) + name);
  const [job] = flow.jobs;
  const { definition, timesMs } = job ? snapshotByTimeJob.inputOf(job) : { definition: 0, timesMs: [] };
  const pictures =
    (job && snapshotByTimeJob.outputOf(job)?.pictures) ??
    (job?.status === 'failed' ? timesMs.map((atMs) => ({ atMs, name: null, failure: job.failure })) : []);
  return {
    vodTaskId: flow.id,
    fileId,
    definition,
    picInfo: pictures.map(({ atMs, name, failure }) => ({
      status: jobErrorCode(failure),
      timeOffset: atMs,
      ...(name === null ? {} : { url: urlOf(name) }),
    })),
  } satisfies EventDataOf<typeof CreateSnapshotByTimeOffsetComplete>;
}
