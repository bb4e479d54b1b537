import { randomHex } from '../../common/ids.ts';
import type { TaskFlow } from '../../tasks/index.ts';
import { type FlowKind, isEnd } from './flow.ts';

/** Any jobs on a video; told of as the caller wished. */
export const procedureFlow: FlowKind = {
  kind: 'procedure',
  newId: (appId) => `${appId}-Procedure-${randomHex(16)}`,
  isTold(before, after) {
    if (after.notify === 'none') return false;
    return isEnd(before, after) || (after.notify === 'change' && aJobChanged(before, after));
  },
};

/** A job has ended, or has begun for the first time: that it begins again after a fault changes nothing outside. */
function aJobChanged(before: TaskFlow | null, after: TaskFlow): boolean {
  return after.jobs.some(({ index, status }) => {
    const was = before?.jobs[index]?.status;
    if (was === undefined || was === status || status === 'waiting') return false;
    return status !== 'processing' || after.attempt === 1;
  });
}
