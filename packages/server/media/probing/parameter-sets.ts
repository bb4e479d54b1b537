import { Cursor } from './cursor.ts';
import { parseH264Pps, parseH264Sps } from './h264.ts';
import { parseHevcPps, parseHevcSps } from './hevc.ts';
import type { Picture } from './picture.ts';
import { checkSei } from './sei.ts';
import { sure } from './unsure.ts';

/** What the decoder configuration of a file says of its pictures, and how to walk through its samples. */
export interface PictureConfig {
  picture: Picture;
  /** the only sequence parameter set */
  sps: Buffer;
  /** numbers of the picture parameter sets */
  ppsIds: number[];
  /** bytes of the length before each NAL unit */
  lengthSize: number;
}

/** Reads an `avcC` box (ISO/IEC 14496-15, 5.3.3.1.2). @throws Unsure unless there is just one sequence parameter set */
export function parseAvcConfig(box: Buffer): PictureConfig {
  const cursor = new Cursor(box);
  sure(cursor.uint(1) === 1, 'an unknown version of avcC');
  cursor.skip(3);
  const lengthSize = (cursor.uint(1) & 3) + 1;
  sure((cursor.uint(1) & 31) === 1, 'not one sequence parameter set');
  const sps = cursor.take(cursor.uint(2));
  const picture = parseH264Sps(sps);
  const ppsIds = Array.from({ length: cursor.uint(1) }, () => {
    const { id, spsId } = parseH264Pps(cursor.take(cursor.uint(2)));
    sure(spsId === picture.spsId, 'another sequence parameter set');
    return id;
  });
  return { picture, sps, ppsIds, lengthSize };
}

/** Types of NAL units of H.265. */
const [SPS, PPS, SEI] = [33, 34, 39] as const;

/** Reads an `hvcC` box (ISO/IEC 14496-15, 8.3.3.1.2). @throws Unsure unless there is just one sequence parameter set */
export function parseHevcConfig(box: Buffer): PictureConfig {
  const cursor = new Cursor(box);
  sure(cursor.uint(1) === 1, 'an unknown version of hvcC');
  cursor.skip(20);
  const lengthSize = (cursor.uint(1) & 3) + 1;
  const units: Record<number, Buffer[]> = { [SPS]: [], [PPS]: [], [SEI]: [] };
  for (let arrays = cursor.uint(1); arrays > 0; arrays -= 1) {
    const type = cursor.uint(1) & 63;
    for (let left = cursor.uint(2); left > 0; left -= 1) {
      const nal = cursor.take(cursor.uint(2));
      units[type]?.push(nal);
    }
  }
  const [sps, another] = units[SPS]!;
  sure(sps && !another, 'not one sequence parameter set');
  const picture = parseHevcSps(sps);
  for (const unit of units[SEI]!) checkSei(unit.subarray(2), picture);
  const ppsIds = units[PPS]!.map((unit) => {
    const { id, spsId } = parseHevcPps(unit);
    sure(spsId === picture.spsId, 'another sequence parameter set');
    return id;
  });
  return { picture, sps, ppsIds, lengthSize };
}
