import type { ParamsOf, UpdateWatermarkTemplate, WatermarkLength } from '@openvod/contract/v2';
import type { WatermarkBody } from '../../kinds/watermark.ts';
import type { Patch } from '../../patch.ts';

type Given = Pick<ParamsOf<typeof UpdateWatermarkTemplate>, 'left' | 'top' | 'width' | 'height'>;

/** What a call changes of a watermark, with the object of its picture if that is given. */
export function watermarkPatch({ left, top, width, height }: Given, imageKey?: string): Patch<WatermarkBody> {
  return {
    imageKey,
    x: left,
    y: top,
    width,
    // 0 is no height, but none of its own.
    height: height && height.value === 0 ? null : height,
  };
}

/** A new watermark: a tenth of the video's width, in its upper left corner. */
export function newWatermark(imageKey: string): WatermarkBody {
  const none: WatermarkLength = { value: 0, unit: 'px' };
  const tenth: WatermarkLength = { value: 10, unit: 'percent' };
  return { kind: 'image', imageKey, origin: 'topLeft', x: none, y: none, width: tenth, height: null };
}
