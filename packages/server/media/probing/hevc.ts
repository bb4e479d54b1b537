import { Bits, withoutEscapes } from './bits.ts';
import { type Picture, pictureSize, pixelFormatOf, readSignal } from './picture.ts';
import { sure } from './unsure.ts';

/**
 * Reads a sequence parameter set (ITU-T H.265, 7.3.2.2 and E.2.1) of progressive 4:2:0 pictures.
 *
 * @param nal the whole NAL unit
 * @throws Unsure for fields, scaling lists of its own, uncommon profiles and chroma
 */
export function parseHevcSps(nal: Uint8Array): Picture {
  const bits = new Bits(withoutEscapes(nal));
  sure(((bits.uint(16) >> 9) & 0x3f) === 33, 'no sequence parameter set');
  bits.skip(4);
  const subLayers = bits.uint(3);
  bits.skip(1);
  const { profile, level } = readProfile(bits, subLayers);
  const spsId = bits.ue();
  const chroma = bits.ue();
  sure(chroma === 1, 'uncommon chroma');
  const [codedWidth, codedHeight] = [bits.ue(), bits.ue()];
  const [left, right, top, bottom] = bits.flag()
    ? [bits.ue(), bits.ue(), bits.ue(), bits.ue()]
    : [0, 0, 0, 0];
  const depths: [number, number] = [bits.ue() + 8, bits.ue() + 8];
  skipCodingTools(bits, subLayers);
  const signal = bits.flag() ? readSignal(bits) : null;
  if (signal) {
    bits.skip(1);
    // field_seq_flag, frame_field_info_present_flag
    sure(bits.uint(2) === 0, 'pictures say how they are shown');
  }
  return {
    codec: 'hevc',
    spsId,
    profile,
    level,
    ...pictureSize(codedWidth - 2 * (left + right), codedHeight - 2 * (top + bottom)),
    pixelFormat: pixelFormatOf(chroma, depths, signal?.fullRange ?? false),
    ...(signal ?? { pixelAspect: 0 }),
  };
}

/** @param nal a picture parameter set (7.3.2.3). @returns its number, and that of the sequence parameter set it is for */
export function parseHevcPps(nal: Uint8Array): { id: number; spsId: number } {
  const bits = new Bits(withoutEscapes(nal.subarray(2, 32)));
  return { id: bits.ue(), spsId: bits.ue() };
}

/** @param nal a slice (7.3.6.1). @returns the number of the picture parameter set it needs */
export function ppsOfHevcSlice(nal: Uint8Array): number {
  const bits = new Bits(withoutEscapes(nal.subarray(2, 32)));
  bits.skip(1);
  const type = (nal[0]! >> 1) & 63;
  // Pictures to begin with.
  if (type >= 16 && type <= 23) bits.skip(1);
  return bits.ue();
}

const profiles: Record<number, string> = { 1: 'Main', 2: 'Main 10' };

function readProfile(bits: Bits, subLayers: number): { profile: string; level: number } {
  sure(bits.uint(2) === 0, 'an unknown profile space');
  bits.skip(1);
  const profile = profiles[bits.uint(5)];
  sure(profile, 'an uncommon H.265 profile');
  bits.skip(32 + 48);
  const level = bits.uint(8);
  const present = Array.from({ length: subLayers }, () => ({ profile: bits.flag(), level: bits.flag() }));
  if (subLayers > 0) bits.skip(2 * (8 - subLayers));
  for (const layer of present) bits.skip((layer.profile ? 88 : 0) + (layer.level ? 8 : 0));
  return { profile, level };
}

/** Everything between the bit depth and the VUI. */
function skipCodingTools(bits: Bits, subLayers: number): void {
  const orderBits = bits.ue() + 4;
  sure(orderBits <= 16, 'an unknown picture order');
  const layers = bits.flag() ? subLayers + 1 : 1;
  for (let i = 0; i < layers * 3; i += 1) bits.ue();
  for (let i = 0; i < 6; i += 1) bits.ue();
  // Scaling lists: enabled, and then the default ones.
  if (bits.flag()) sure(!bits.flag(), 'scaling lists');
  bits.skip(2);
  if (bits.flag()) {
    bits.skip(8);
    bits.ue();
    bits.ue();
    bits.skip(1);
  }
  skipReferenceSets(bits);
  if (bits.flag()) {
    const count = bits.ue();
    sure(count <= 32, 'too many reference pictures');
    bits.skip(count * (orderBits + 1));
  }
  bits.skip(2);
}

function skipReferenceSets(bits: Bits): void {
  const count = bits.ue();
  sure(count <= 64, 'too many sets of reference pictures');
  let before = 0;
  for (let set = 0; set < count; set += 1) {
    before = set > 0 && bits.flag() ? skipPredictedSet(bits, before) : skipPlainSet(bits);
  }
}

/** @returns how many pictures the set has */
function skipPlainSet(bits: Bits): number {
  const pictures = bits.ue() + bits.ue();
  sure(pictures <= 16, 'too many reference pictures');
  for (let i = 0; i < pictures; i += 1) {
    bits.ue();
    bits.skip(1);
  }
  return pictures;
}

/** A set that is told by how it differs from the one before. @returns how many pictures the set has */
function skipPredictedSet(bits: Bits, before: number): number {
  bits.skip(1);
  bits.ue();
  let pictures = 0;
  for (let i = 0; i <= before; i += 1) {
    const isUsed = bits.flag();
    if (isUsed || bits.flag()) pictures += 1;
  }
  sure(pictures <= 16, 'too many reference pictures');
  return pictures;
}
