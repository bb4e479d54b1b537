import type { Mark } from '../../marks/types.ts';

/** `keyFrameDescInfo` of GetVideoInfo; nothing where there are no marks. */
export function keyFrameDescInfoOf(marks: readonly Mark[]) {
  if (marks.length === 0) return {};
  const keyFrameDescList = marks.map(({ atMs, content }) => ({ timeOffset: atMs, content }));
  return { keyFrameDescInfo: { keyFrameDescList } };
}
