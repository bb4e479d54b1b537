import { Refused } from '../../common/faults/refused.ts';
import { randomHex } from '../../common/ids.ts';
import { type FlowKind, isEnd } from './flow.ts';

/** A file that is fetched from an address and becomes a video; told of once, at the end. */
export const pullFlow: FlowKind = {
  kind: 'pull',
  newId: () => `Pull-${randomHex(16)}`,
  isTold: isEnd,
  checkRedo({ id, videoId }) {
    if (videoId === null) return;
    throw new Refused('task.notEnded', `task ${id} cannot be redone: it has made its video`);
  },
};
