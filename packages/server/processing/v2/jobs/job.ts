import type { ParamsOf, ProcessFile } from '@openvod/contract/v2';
import type { Addresses } from '../../../common/addresses.ts';
import type { Executor } from '../../../database/index.ts';
import type { Video } from '../../../library/index.ts';
import type { Job, NewFlow } from '../../../tasks/index.ts';
import type { Templates } from '../../../templates/index.ts';
import type { Encryptions } from '../../encryptions.ts';
import type { Watermarks } from '../../watermarks.ts';

/** How version 2 asks for a kind of job, and shows it: a file beside this one for each, and `all.ts` lists it. */
export interface WireJob {
  /** The kind in `processing/jobs/`. */
  type: string;
  taskType: string;
  /** Its parameter of ProcessFile. */
  parameter: keyof JobParams;
  /** The jobs that ProcessFile asks for with its parameter; none when it is absent. @throws Refused */
  ask(params: JobParams, about: AskContext): Promise<Asked> | Asked;
  input(job: Job): Record<string, unknown>;
  /** Of a job that succeeded. */
  output(job: Job, about: ShowContext): Record<string, unknown>;
}

export type ProcessFileParams = ParamsOf<typeof ProcessFile>;

/** Its jobs, an object each. */
export type JobParams = Omit<ProcessFileParams, 'fileId' | 'notifyMode'>;

export interface AskContext {
  db: Executor;
  video: Pick<Video, 'appId' | 'info'>;
  templates: Templates;
  watermarks: Watermarks;
  encryptions: Encryptions;
}

export interface Asked {
  jobs: NewFlow['jobs'];
  /** What holds for all of them. */
  options?: Record<string, unknown>;
}

export interface ShowContext {
  appId: string;
  videoId: string;
  addresses: Addresses;
}
