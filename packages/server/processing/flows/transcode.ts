import { randomHex } from '../../common/ids.ts';
import { type FlowKind, isEnd } from './flow.ts';

/** The application's default renditions of a video; told of once, at the end. */
export const transcodeFlow: FlowKind = {
  kind: 'transcode',
  newId: () => `transcode-${randomHex(16)}`,
  isTold: isEnd,
};
