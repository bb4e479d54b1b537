import type { VideoStream } from './media-info.ts';
import type { TranscodePlan, VideoEncode } from './plan.ts';
import type { PictureSize } from './sizing.ts';
import { scalesWith } from './watermark.ts';
import { overlay } from './watermark-filters.ts';

/** PQ or HLG to BT.709: to linear light, into the smaller gamut, then compress what is brighter than white. */
export const TONE_MAP = [
  'zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709',
  'tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv',
].join(',');

/**
 * The one filter graph of a plan: the source is decoded once, and each picture is scaled from the next larger one.
 * Output pads are named `[v0]`, `[v1]` … after the index of the track in `plan.video`.
 *
 * @param canToneMap whether this ffmpeg has zscale and tonemap; without them HDR keeps its (then pale) colours
 * @returns null when nothing is encoded
 */
export function filterGraph(plan: TranscodePlan, canToneMap: boolean): string | null {
  const { video } = plan.source;
  const rungs = plan.video.flatMap((track, index) => (track.kind === 'encode' ? [{ ...track, index }] : []));
  if (!video || rungs.length === 0) return null;
  // What is done before scaling cannot be shared by those that want it otherwise; usually all want the same, in one cascade.
  const cascades = [...Map.groupBy(rungs, entranceOf).values()];
  if (cascades.length === 1) return cascade(`[0:${video.index}]`, rungs, plan, video, canToneMap).join(';');
  const pads = cascades.map((_, i) => `[rate${i}]`);
  return [
    `[0:${video.index}]split=${pads.length}${pads.join('')}`,
    ...cascades.flatMap((members, i) => cascade(pads[i]!, members, plan, video, canToneMap)),
  ].join(';');
}

/** All that a picture passes on to those that are scaled from it, in one text. */
function entranceOf({ fps, bitDepth, deinterlace, denoise, watermark }: VideoEncode): string {
  return JSON.stringify([fps, bitDepth, deinterlace, denoise, watermark]);
}

type Rung = VideoEncode & { index: number };

function cascade(
  input: string,
  rungs: Rung[],
  plan: TranscodePlan,
  source: VideoStream,
  canToneMap: boolean,
): string[] {
  const first = rungs[0]!;
  const { watermark } = first;
  // Laid over the largest picture it is in all that are scaled from it, if it looks the same there.
  const isShared = watermark !== undefined && rungs.every((rung) => scalesWith(watermark, first, rung));
  return rungs.flatMap((rung, i) => {
    const previous = rungs[i - 1];
    const filters = previous ? scaled(previous, rung) : entrance(source, rung, canToneMap);
    const below = i === rungs.length - 1 ? '' : `[below${rung.index}]`;
    const from = previous ? `[below${previous.index}]` : input;
    const sized = `${from}${[...filters, `setsar=${pixelAspect(source, rung)}`].join(',')}`;
    const [made, bare, id] = [`[v${rung.index}]`, `[bare${rung.index}]`, rung.index];
    const parted = (pad: string) => (below ? `,split${pad}${below}` : pad);
    if (!watermark || (isShared && previous)) return [`${sized}${parted(made)}`];
    if (isShared)
      return [`${sized}${bare}`, ...overlay(plan, watermark, rung, { from: bare, to: parted(made), id })];
    return [`${sized}${parted(bare)}`, ...overlay(plan, watermark, rung, { from: bare, to: made, id })];
  });
}

/** What happens to decoded frames before the first picture: whole frames, one rate, right size, 4:2:0 SDR. */
function entrance(source: VideoStream, rung: VideoEncode, canToneMap: boolean): string[] {
  const filters: string[] = [];
  // Scaling interlaced frames would smear the combs; only frames marked as interlaced are touched, unless all are to be.
  if (rung.deinterlace === 'always') filters.push('bwdif=mode=send_frame:deint=all');
  else if (rung.deinterlace === 'asNeeded' && source.interlaced) {
    filters.push('bwdif=mode=send_frame:deint=interlaced');
  }
  filters.push(`fps=${rate(rung.fps)}`);
  filters.push(`scale=${rung.width}:${rung.height}${source.fullRange ? ':out_range=tv' : ''}`);
  if (source.hdr && canToneMap) filters.push(TONE_MAP);
  filters.push(`format=${pixelFormatOf(rung)}`);
  if (rung.denoise) filters.push('hqdn3d');
  return filters;
}

/** ffmpeg's name for how samples are kept. */
export function pixelFormatOf({ bitDepth }: Pick<VideoEncode, 'bitDepth'>): string {
  return bitDepth === 10 ? 'yuv420p10le' : 'yuv420p';
}

/** 29.97 stands for 30,000/1001, and would lose a frame every few minutes if it did not. */
function rate(fps: number): string {
  const whole = Math.round(fps * 1.001);
  const isNtsc = !Number.isInteger(fps) && Math.abs((whole * 1000) / 1001 - fps) < 0.001 * (whole / 30);
  return isNtsc ? `${whole * 1000}/1001` : String(fps);
}

function scaled(from: PictureSize, to: PictureSize): string[] {
  return from.width === to.width && from.height === to.height ? [] : [`scale=${to.width}:${to.height}`];
}

/** Square, save where a literal size bends the picture: then the pixels keep the source's display aspect ratio. */
function pixelAspect(source: VideoStream, size: PictureSize): string {
  const over = source.displayWidth * size.height;
  const under = source.displayHeight * size.width;
  return Math.abs(over / under - 1) < 0.02 ? '1' : `${over}/${under}:max=1000`;
}
