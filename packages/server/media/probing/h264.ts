import { Bits, withoutEscapes } from './bits.ts';
import { type Picture, pictureSize, pixelFormatOf, readSignal } from './picture.ts';
import { sure, Unsure } from './unsure.ts';

/**
 * Reads a sequence parameter set (ITU-T H.264, 7.3.2.1.1 and E.1.1) of progressive 4:2:0 pictures.
 *
 * @param nal the whole NAL unit
 * @throws Unsure where ffmpeg could see more than the parameter set tells: fields, pictures whose SEI says how they are
 * shown, uncommon profiles and chroma
 */
export function parseH264Sps(nal: Uint8Array): Picture {
  const bits = new Bits(withoutEscapes(nal));
  sure((bits.uint(8) & 0x9f) === 7, 'no sequence parameter set');
  const profileIdc = bits.uint(8);
  const constraints = bits.uint(8);
  const level = bits.uint(8);
  const profile = profileName(profileIdc, constraints);
  const spsId = bits.ue();
  const { chroma, depths } = profileIdc >= 100 ? readChroma(bits) : { chroma: 1, depths: [8, 8] as const };
  skipOrder(bits);
  bits.ue();
  bits.skip(1);
  const codedWidth = (bits.ue() + 1) * 16;
  const codedHeight = (bits.ue() + 1) * 16;
  sure(bits.flag(), 'fields');
  bits.skip(1);
  const [left, right, top, bottom] = bits.flag()
    ? [bits.ue(), bits.ue(), bits.ue(), bits.ue()]
    : [0, 0, 0, 0];
  const signal = bits.flag() ? readVui(bits) : { pixelAspect: 0 };
  sure(bits.isAtEnd, 'a parameter set that does not end');
  return {
    codec: 'h264',
    spsId,
    profile,
    level,
    ...pictureSize(codedWidth - 2 * (left + right), codedHeight - 2 * (top + bottom)),
    pixelFormat: pixelFormatOf(chroma, [...depths], signal.fullRange ?? false),
    ...signal,
  };
}

/**
 * Reads a picture parameter set (7.3.2.2) as far as decoders may stumble over it.
 *
 * @param nal the whole NAL unit
 * @returns its number, and that of the sequence parameter set it is for
 * @throws Unsure when pictures may have fields that are shown at different times, and for what decoders refuse
 */
export function parseH264Pps(nal: Uint8Array): { id: number; spsId: number } {
  const bits = new Bits(withoutEscapes(nal));
  sure((bits.uint(8) & 0x9f) === 8, 'no picture parameter set');
  const [id, spsId] = [bits.ue(), bits.ue()];
  bits.skip(1);
  sure(!bits.flag(), 'fields');
  sure(bits.ue() === 0, 'slice groups');
  sure(bits.ue() < 32 && bits.ue() < 32, 'too many reference pictures');
  bits.skip(3);
  for (let i = 0; i < 3; i += 1) sure(Math.abs(bits.se()) <= 26, 'an unknown quantiser');
  bits.skip(2);
  sure(!bits.flag(), 'redundant pictures');
  if (!bits.isAtEnd) {
    bits.skip(1);
    sure(!bits.flag(), 'scaling lists');
    bits.se();
  }
  sure(bits.isAtEnd, 'a parameter set that does not end');
  return { id, spsId };
}

/** @param nal a slice. @returns the number of the picture parameter set it needs (7.3.3) */
export function ppsOfSlice(nal: Uint8Array): number {
  const bits = new Bits(withoutEscapes(nal.subarray(1, 32)));
  bits.ue();
  sure(bits.ue() < 10, 'an unknown kind of slice');
  return bits.ue();
}

function profileName(profileIdc: number, constraints: number): string {
  // Bit 6 is constraint_set1_flag, bit 4 constraint_set3_flag.
  if (profileIdc === 66) return constraints & 0x40 ? 'Constrained Baseline' : 'Baseline';
  if (profileIdc === 77) return 'Main';
  if (profileIdc === 100) return 'High';
  if (profileIdc === 110) return constraints & 0x10 ? 'High 10 Intra' : 'High 10';
  throw new Unsure('an uncommon H.264 profile');
}

function readChroma(bits: Bits) {
  const chroma = bits.ue();
  sure(chroma === 1, 'uncommon chroma');
  const depths = [bits.ue() + 8, bits.ue() + 8] as const;
  bits.skip(1);
  if (bits.flag()) {
    for (let list = 0; list < 8; list += 1) {
      if (bits.flag()) skipScalingList(bits, list < 6 ? 16 : 64);
    }
  }
  return { chroma, depths };
}

function skipScalingList(bits: Bits, size: number): void {
  let last = 8;
  for (let i = 0; i < size; i += 1) {
    last = (last + bits.se() + 256) % 256;
    if (last === 0) return;
  }
}

/** Frame numbers and the order of pictures. */
function skipOrder(bits: Bits): void {
  bits.ue();
  const type = bits.ue();
  sure(type <= 2, 'an unknown picture order');
  if (type === 0) bits.ue();
  if (type !== 1) return;
  bits.skip(1);
  bits.se();
  bits.se();
  const count = bits.ue();
  sure(count < 256, 'an unknown picture order');
  for (let i = 0; i < count; i += 1) bits.se();
}

function readVui(bits: Bits) {
  const signal = readSignal(bits);
  // Timing.
  if (bits.flag()) bits.skip(65);
  const hasNalHrd = bits.flag();
  if (hasNalHrd) skipHrd(bits);
  const hasVclHrd = bits.flag();
  if (hasVclHrd) skipHrd(bits);
  if (hasNalHrd || hasVclHrd) bits.skip(1);
  sure(!bits.flag(), 'pictures say how they are shown');
  // How far pictures are reordered.
  if (bits.flag()) {
    bits.skip(1);
    for (let i = 0; i < 6; i += 1) bits.ue();
  }
  return signal;
}

function skipHrd(bits: Bits): void {
  const count = bits.ue() + 1;
  sure(count <= 32, 'an unknown buffer model');
  bits.skip(8);
  for (let i = 0; i < count; i += 1) {
    bits.ue();
    bits.ue();
    bits.skip(1);
  }
  bits.skip(20);
}
