import type { VideoStream } from './media-info.ts';
import type { TranscodePlan, VideoEncode } from './plan.ts';
import type { PictureSize } from './sizing.ts';
import { type Watermark, type WatermarkPicture, watermarkBox } from './watermark.ts';

/** The pictures that a plan lays over its videos, each once: inputs of ffmpeg after the source, in this order. */
export function watermarkPictures(plan: TranscodePlan): WatermarkPicture[] {
  const marks = plan.video.flatMap((track) => (track.kind === 'encode' ? (track.watermark ?? []) : []));
  return [...new Map(marks.map(({ picture }) => [picture.path, picture])).values()];
}

/**
 * Filters that lay a watermark over a picture of a size.
 *
 * @param from pad of the picture, 4:2:0
 * @param to filters and pads that follow
 * @param id of the track, for the names of pads
 */
export function overlay(
  plan: TranscodePlan,
  watermark: Watermark,
  size: PictureSize & Pick<VideoEncode, 'bitDepth'>,
  { from, to, id }: { from: string; to: string; id: number },
): string[] {
  const { path, format } = watermark.picture;
  const input = 1 + watermarkPictures(plan).findIndex((picture) => picture.path === path);
  const { x, y, width, height } = watermarkBox(watermark, size);
  const matrix = plan.source.video ? matrixOf(plan.source.video) : 'bt709';
  // What stands still is repeated until the video ends; what moves never ends by itself.
  const deep = size.bitDepth === 10;
  const end = format === 'apng' ? ':shortest=1' : '';
  return [
    `[${input}:0]scale=${width}:${height}:out_color_matrix=${matrix}:out_range=tv,format=${deep ? 'yuva420p10le' : 'yuva420p'}[mark${id}]`,
    `${from}[mark${id}]overlay=x=${x}:y=${y}${deep ? ':format=yuv420p10' : ''}${end}${to}`,
  ];
}

/** By which a picture of RGB becomes one of luma and chroma: that which players take for the video. */
function matrixOf({ displayWidth, displayHeight, hdr }: VideoStream): 'bt709' | 'bt601' {
  const isHigh = Math.max(displayWidth, displayHeight) >= 1280 || Math.min(displayWidth, displayHeight) > 576;
  return hdr || isHigh ? 'bt709' : 'bt601';
}
