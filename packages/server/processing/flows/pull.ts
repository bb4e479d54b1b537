import { randomHex } from '../../common/ids.ts';
import { type FlowKind, isEnd, refuseRedoOfMade } from './flow.ts';

/** A file that is fetched from an address and becomes a video; told of once, at the end. */
export const pullFlow: FlowKind = {
  kind: 'pull',
  newId: () => `Pull-${randomHex(16)}`,
  isTold: isEnd,
  checkRedo: refuseRedoOfMade,
};
