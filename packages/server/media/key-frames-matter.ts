import type { MediaInfo } from './media-info.ts';
import type { OutputSpec } from './output-spec.ts';
import { type PlanOptions, planTranscode } from './plan.ts';

/**
 * Whether it makes a difference how far apart a source's key frames are. To find out, a whole file may have to be read;
 * most sources are encoded whatever the answer is.
 *
 * @param info as `probe` gives it, with or without key frames
 * @throws MediaError as planTranscode does
 */
export function keyFramesMatter(info: MediaInfo, specs: OutputSpec[], options: PlanOptions = {}): boolean {
  const planned = (keyFrameIntervalMs: number | undefined) => {
    const video = info.video.map((stream) => ({ ...stream, keyFrameIntervalMs }));
    const plan = planTranscode({ ...info, video }, specs, options);
    return JSON.stringify([plan.video, plan.outputs]);
  };
  return planned(0) !== planned(undefined);
}
