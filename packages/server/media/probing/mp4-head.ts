import { full } from './mp4-boxes.ts';
import { sure, Unsure } from './unsure.ts';

export type Rotation = 0 | 90 | 180 | 270;

/** What the head of a track says. */
export interface TrackHead {
  isEnabled: boolean;
  /** degrees clockwise */
  rotation: Rotation;
  /** before it is turned, in 65,536ths of a px */
  width: number;
  height: number;
}

/** Reads `mvhd`. @throws Unsure when the length is not known, or the movie turned as a whole */
export function readMovieHead(mvhd: Buffer): { timescale: number; duration: number } {
  const { version, cursor } = full(mvhd);
  sure(version <= 1, 'an unknown version of mvhd');
  cursor.skip(version === 1 ? 16 : 8);
  const timescale = cursor.uint(4);
  const duration = version === 1 ? cursor.uint64() : cursor.uint(4);
  sure(timescale > 0 && timescale < 2 ** 31, 'no timescale');
  sure(duration > 0 && duration < 0xffff_ffff, 'no length');
  cursor.skip(16);
  sure(rotationOf(Array.from({ length: 9 }, () => cursor.int32())) === 0, 'a movie that is turned');
  return { timescale, duration };
}

/** Reads `tkhd`. @throws Unsure when its matrix does more than to turn */
export function readTrackHead(tkhd: Buffer): TrackHead {
  const { version, flags, cursor } = full(tkhd);
  sure(version <= 1, 'an unknown version of tkhd');
  cursor.skip((version === 1 ? 32 : 20) + 16);
  const rotation = rotationOf(Array.from({ length: 9 }, () => cursor.int32()));
  return { isEnabled: (flags & 1) === 1, rotation, width: cursor.uint(4), height: cursor.uint(4) };
}

/** Reads `mdhd`; the duration may be 0, the language is a code of ISO 639-2. */
export function readMediaHead(mdhd: Buffer): { timescale: number; duration: number; language?: string } {
  const { version, cursor } = full(mdhd);
  sure(version <= 1, 'an unknown version of mdhd');
  cursor.skip(version === 1 ? 16 : 8);
  const timescale = cursor.uint(4);
  const duration = version === 1 ? cursor.uint64() : cursor.uint(4);
  sure(timescale > 0 && timescale < 2 ** 31 && duration < 0xffff_ffff, 'no timescale');
  return { timescale, duration, language: languageOf(cursor.uint(2)) };
}

/** Matrices (ISO/IEC 14496-12, 6.2.2) of a turned but otherwise untouched picture, without the place they move it to. */
const turns: Record<string, Rotation> = {
  '1,0,0,1': 0,
  '0,1,-1,0': 90,
  '-1,0,0,-1': 180,
  '0,-1,1,0': 270,
};

/** @throws Unsure for matrices that do anything else */
function rotationOf([a, b, u, c, d, v, , , w]: number[]): Rotation {
  const rotation = turns[[a, b, c, d].map((x) => x! / 65_536).join(',')];
  sure(rotation !== undefined && u === 0 && v === 0 && w === 1 << 30, 'a picture that is more than turned');
  return rotation;
}

/** Packed letters, or numbers that QuickTime used before. */
function languageOf(code: number): string | undefined {
  if (code === 0x7fff) return undefined;
  if (code === 0) return 'eng';
  if (code < 0x400) throw new Unsure('a language of old');
  return String.fromCharCode(...[10, 5, 0].map((shift) => 0x60 + ((code >> shift) & 31)));
}
