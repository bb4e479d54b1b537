import { MAX_PIXELS } from '../input.ts';
import type { Bits } from './bits.ts';
import { sure, Unsure } from './unsure.ts';

/** What a codec's own headers say of its pictures, in ffmpeg's names. Progressive all of them. */
export interface Picture {
  codec: 'h264' | 'hevc';
  /** number of the sequence parameter set */
  spsId: number;
  profile: string;
  level: number;
  /** px, cropped */
  width: number;
  height: number;
  /** shape of a pixel, width to height; 0 when not said */
  pixelAspect: number;
  pixelFormat: string;
  /** undefined when not said */
  fullRange?: boolean;
  /** number of the transfer function (ITU-T H.273); undefined when not said */
  transfer?: number;
}

/** The signal of a picture, common to H.264 and H.265. */
export interface Signal {
  pixelAspect: number;
  fullRange?: boolean;
  transfer?: number;
}

// Table E-1 of ITU-T H.264, the same in H.265.
const aspects = [
  0,
  1,
  12 / 11,
  10 / 11,
  16 / 11,
  40 / 33,
  24 / 11,
  20 / 11,
  32 / 11,
  80 / 33,
  18 / 11,
].concat([...[15 / 11, 64 / 33, 160 / 99, 4 / 3, 3 / 2, 2]]);

/** Reads the beginning of the VUI, up to the place of chroma samples, which is the same in H.264 and H.265. */
export function readSignal(bits: Bits): Signal {
  const signal: Signal = { pixelAspect: 0 };
  if (bits.flag()) {
    const code = bits.uint(8);
    if (code === 255) {
      const [width, height] = [bits.uint(16), bits.uint(16)];
      sure(width > 0 && height > 0, 'pixels without a shape');
      signal.pixelAspect = width / height;
    } else {
      sure(code < aspects.length, 'an unknown shape of pixels');
      signal.pixelAspect = aspects[code]!;
    }
  }
  // Overscan.
  if (bits.flag()) bits.skip(1);
  if (bits.flag()) {
    bits.skip(3);
    signal.fullRange = bits.flag();
    if (bits.flag()) {
      bits.skip(8);
      signal.transfer = bits.uint(8);
      bits.skip(8);
    }
  }
  if (bits.flag()) {
    bits.ue();
    bits.ue();
  }
  return signal;
}

/** ffmpeg's name of 4:2:0 samples. @throws Unsure for other chroma and depths */
export function pixelFormatOf(chroma: number, depths: [number, number], fullRange: boolean): string {
  const [luma, other] = depths;
  sure(chroma === 1 && luma === other, 'uncommon chroma');
  if (luma === 8) return fullRange ? 'yuvj420p' : 'yuv420p';
  if (luma === 10) return 'yuv420p10le';
  throw new Unsure('an uncommon bit depth');
}

/** @returns the size. @throws Unsure for nothing, and near the size that ffprobe refuses */
export function pictureSize(width: number, height: number): { width: number; height: number } {
  sure(width > 0 && height > 0 && (width + 128) * (height + 128) < MAX_PIXELS, 'an uncommon picture size');
  return { width, height };
}
