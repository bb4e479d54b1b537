import { Cursor } from './cursor.ts';
import { parseH264Pps, ppsOfSlice } from './h264.ts';
import { parseHevcPps, ppsOfHevcSlice } from './hevc.ts';
import type { PictureConfig } from './parameter-sets.ts';
import { checkSei } from './sei.ts';
import { sure } from './unsure.ts';

/** NAL units of a picture at most, nearly all of them slices. */
const MAX_UNITS = 1000;

/**
 * Checks that the first sample of a track does not contradict its configuration: decoders believe what comes last.
 *
 * @throws Unsure when it does, or when the sample is no picture
 */
export function checkFirstSample(config: PictureConfig, sample: Buffer): void {
  const check = config.picture.codec === 'h264' ? checkH264Unit : checkHevcUnit;
  const cursor = new Cursor(sample);
  let slices = 0;
  for (let units = 0; cursor.left > 0; units += 1) {
    sure(units < MAX_UNITS, 'too many NAL units');
    const nal = cursor.take(cursor.uint(config.lengthSize));
    sure(nal.length > 1 && nal[0]! < 128, 'no NAL unit');
    if (check(nal, config)) slices += 1;
  }
  sure(slices > 0, 'no picture');
}

/** @returns whether it is a piece of a picture */
function checkH264Unit(nal: Buffer, { picture, sps, ppsIds }: PictureConfig): boolean {
  const type = nal[0]! & 31;
  if (type === 6) checkSei(nal.subarray(1), picture);
  if (type === 7) sure(nal.equals(sps), 'parameter sets that change');
  if (type === 8) sure(ppsIds.includes(parseH264Pps(nal).id), 'parameter sets that change');
  if (type !== 1 && type !== 5) return false;
  sure(ppsIds.includes(ppsOfSlice(nal)), 'a missing parameter set');
  return true;
}

function checkHevcUnit(nal: Buffer, { picture, sps, ppsIds }: PictureConfig): boolean {
  const type = nal[0]! >> 1;
  if (type === 33) sure(nal.equals(sps), 'parameter sets that change');
  if (type === 39) checkSei(nal.subarray(2), picture);
  if (type === 34) sure(ppsIds.includes(parseHevcPps(nal).id), 'parameter sets that change');
  if (type >= 32) return false;
  sure(ppsIds.includes(ppsOfHevcSlice(nal)), 'a missing parameter set');
  return true;
}
