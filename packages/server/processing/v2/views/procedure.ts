import type { EventDataOf, ProcedureStateChanged } from '@openvod/contract/v2';
import type { Addresses } from '../../../common/addresses.ts';
import { metaDataOf, type Rendition } from '../../../library/index.ts';
import type { MediaInfo } from '../../../media/index.ts';
import type { SubTask, SubTaskStatus } from '../../../tasks/index.ts';
import type { FlowChanged } from '../../events.ts';
import { flowErrorCode } from './error-codes.ts';

const STATUS = {
  waiting: 'PROCESSING',
  processing: 'PROCESSING',
  succeeded: 'SUCCESS',
  failed: 'FAIL',
} as const satisfies Record<SubTaskStatus, string>;

/** `data` of ProcedureStateChanged. `progress`, in percent, is an extension of ours. */
export function procedureData({ flow, video }: FlowChanged, addresses: Addresses) {
  return {
    vodTaskId: flow.id,
    status: flow.status === 'finished' ? 'FINISH' : 'PROCESSING',
    errCode: flowErrorCode(flow.errorCode),
    message: flow.message,
    fileId: flow.videoId,
    metaData: sourceMetaData(video),
    processTaskList: flow.subTasks.map((subTask) => subTaskData(subTask, addresses)),
  } satisfies EventDataOf<typeof ProcedureStateChanged>;
}

function subTaskData(subTask: SubTask, addresses: Addresses) {
  return {
    taskType: subTask.type,
    status: STATUS[subTask.status],
    errCode: flowErrorCode(subTask.errorCode),
    message: subTask.message,
    progress: Math.floor(subTask.progress * 100),
    input: { ...subTask.input, watermark: 0 },
    ...(subTask.output && { output: outputData(subTask.output as unknown as Rendition, addresses) }),
  };
}

function outputData(rendition: Rendition, addresses: Addresses) {
  const { key, info, md5, totalSize } = rendition;
  return { url: addresses.of(key), ...metaDataOf(info ?? NOTHING, { md5, totalSize }, 'kbit/s') };
}

/** Always there by the documents; of a file that is no media it says how large it is, of one that is gone nothing. */
function sourceMetaData(video: FlowChanged['video']) {
  const { info, type, size, md5 } = video ?? { info: null, type: '', size: 0, md5: '' };
  return metaDataOf(info ?? { ...NOTHING, container: type, size }, { md5, totalSize: size }, 'kbit/s');
}

const NOTHING: MediaInfo = {
  container: '',
  size: 0,
  durationMs: 0,
  bitrate: 0,
  rotation: 0,
  video: [],
  audio: [],
  browserPlayable: false,
};
