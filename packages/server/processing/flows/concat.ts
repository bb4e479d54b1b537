import { randomHex } from '../../common/ids.ts';
import { type FlowKind, isEnd, refuseRedoOfMade } from './flow.ts';

/** Videos that become one; told of once, at the end. */
export const concatFlow: FlowKind = {
  kind: 'concat',
  newId: () => `concat-${randomHex(16)}`,
  isTold: isEnd,
  checkRedo: refuseRedoOfMade,
};
