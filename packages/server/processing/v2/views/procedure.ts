import type { EventDataOf, ProcedureStateChanged } from '@openvod/contract/v2';
import type { Addresses } from '../../../common/addresses.ts';
import { metaDataOf } from '../../../library/index.ts';
import type { Job, JobStatus } from '../../../tasks/index.ts';
import type { FlowChanged } from '../../events.ts';
import { makesVideo } from '../../procedure-runner.ts';
import { pullJob } from '../../pull/job.ts';
import { wireJob } from '../jobs/all.ts';
import type { ShowContext } from '../jobs/job.ts';
import { drmOf } from './drm.ts';
import { flowErrorCode } from './error-codes.ts';
import { NO_MEDIA } from './no-media.ts';

const STATUS = {
  waiting: 'PROCESSING',
  processing: 'PROCESSING',
  succeeded: 'SUCCESS',
  failed: 'FAIL',
} as const satisfies Record<JobStatus, string>;

/** `data` of ProcedureStateChanged. `progress`, in percent, and the times of sub-tasks are extensions of ours. */
export function procedureData({ flow, video }: FlowChanged, addresses: Addresses) {
  const fileId = flow.videoId ?? '';
  const pull = flow.jobs.find(({ type }) => type === pullJob.type);
  // Version 2 has no word for a job that cuts and joins, and it is not what was asked for: nor is a video on which nothing was done.
  const jobs = flow.jobs.filter((job) => !makesVideo(job));
  const isLost = jobs.length > 0 && jobs.every(({ status }) => status === 'failed');
  const failure = flow.failure ?? (isLost ? jobs[0]!.failure : null);
  const about = { appId: flow.appId, videoId: fileId, addresses };
  return {
    vodTaskId: flow.id,
    status: flow.status === 'finished' ? 'FINISH' : 'PROCESSING',
    errCode: flowErrorCode(failure),
    message: failure?.message ?? '',
    fileId,
    metaData: sourceMetaData(video),
    ...drmOf(flow.jobs),
    processTaskList: [
      ...(pull ? [pullFileData(pull, about)] : []),
      ...jobs.map((job) => jobData(job, about)),
    ],
  } satisfies EventDataOf<typeof ProcedureStateChanged>;
}

function jobData(job: Job, about: ShowContext) {
  const wire = wireJob(job);
  return {
    taskType: wire.taskType,
    ...stateOf(job),
    input: wire.input(job),
    ...(job.status === 'succeeded' && { output: wire.output(job, about) }),
  };
}

/** The sub-task that fetches what the others work on. */
function pullFileData(job: Job, { videoId, addresses }: ShowContext) {
  const { url, name, md5 } = pullJob.inputOf(job);
  const made = pullJob.outputOf(job);
  return {
    taskType: 'PullFile',
    ...stateOf(job),
    input: { url, fileName: name, md5: md5 ?? '' },
    ...(made && {
      output: { fileId: videoId, fileSize: String(made.size ?? 0), url: addresses.of(made.sourceKey) },
    }),
  };
}

function stateOf(job: Job) {
  return {
    status: STATUS[job.status],
    errCode: flowErrorCode(job.failure),
    message: job.failure?.message ?? '',
    progress: Math.floor(job.progress * 100),
    beginProcessTime: unixSeconds(job.startedAt),
    finishTime: unixSeconds(job.endedAt),
  };
}

function unixSeconds(ms: number | null): number {
  return Math.floor((ms ?? 0) / 1000);
}

/** Always there by the documents; of a file that is no media it says how large it is. */
function sourceMetaData(video: FlowChanged['video']) {
  const { info, type, size, md5 } = video ?? { info: null, type: '', size: 0, md5: '' };
  return metaDataOf(info ?? { ...NO_MEDIA, container: type, size }, { md5, totalSize: size }, 'kbit/s');
}
