import { randomHex } from '../../common/ids.ts';
import { type FlowKind, isEnd, refuseRedoOfMade } from './flow.ts';

/** A stretch of a video that becomes a video; told of once, at the end. */
export const clipFlow: FlowKind = {
  kind: 'clip',
  newId: () => `clipVideo-${randomHex(16)}`,
  isTold: isEnd,
  checkRedo: refuseRedoOfMade,
};
