import { randomHex } from '../../common/ids.ts';
import type { FlowKind } from './flow.ts';

/** The cover of a new video, which nobody asked for and nobody is told of. */
export const firstCoverFlow: FlowKind = {
  kind: 'firstCover',
  newId: () => `cover-${randomHex(16)}`,
  isTold: () => false,
};
