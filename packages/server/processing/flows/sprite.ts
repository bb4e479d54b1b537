import { randomHex } from '../../common/ids.ts';
import { type FlowKind, isEnd } from './flow.ts';

/** A sprite of a video, and nothing else; told of once, at the end. */
export const spriteFlow: FlowKind = {
  kind: 'imageSprite',
  newId: () => `CreateImageSprite-${randomHex(16)}`,
  isTold: isEnd,
};
