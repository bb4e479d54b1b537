import { randomHex } from '../../common/ids.ts';
import { type FlowKind, isEnd } from './flow.ts';

/** Pictures of a video at times, and nothing else; told of once, at the end. */
export const snapshotByTimeFlow: FlowKind = {
  kind: 'snapshotByTimeOffset',
  newId: () => `CreateSnapshotByTimeOffset-${randomHex(16)}`,
  isTold: isEnd,
};
