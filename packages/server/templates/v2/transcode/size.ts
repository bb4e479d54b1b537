import type { Bounded } from '@openvod/contract/v2';
import type { TranscodeBody } from '../../kinds/transcode.ts';

type Video = NonNullable<TranscodeBody['video']>;
type Size = Pick<Video, 'width' | 'height' | 'selfAdapting' | 'bothEdges'>;

interface GivenSize {
  width?: Bounded;
  height?: Bounded;
  resolutionSelfAdapting?: 'open' | 'close';
}

/** What a call changes of the size; empty when it says nothing of it. 0 is an edge that follows from the other, or from the source. */
export function sizePatch(
  before: Video,
  { width, height, resolutionSelfAdapting }: GivenSize,
): Partial<Size> {
  const isSaid = width !== undefined || height !== undefined || resolutionSelfAdapting !== undefined;
  if (!isSaid) return {};
  const wide = width?.value ?? edgeOf(before.width);
  const high = height?.value ?? edgeOf(before.height);
  const selfAdapting = resolutionSelfAdapting ? resolutionSelfAdapting === 'open' : before.selfAdapting;
  if (wide === 0 && high === 0) return { width: 'source', height: 'source', selfAdapting };
  return { width: wide || null, height: high || null, selfAdapting };
}

/** An edge as version 2 shows it, px. */
export function edgeOf(edge: Size['width']): number {
  return typeof edge === 'number' ? edge : 0;
}
