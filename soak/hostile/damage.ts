/** Ways to spoil a media file. Pure: the same numbers give the same damage. */
type Random = () => number;
type Damage = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

const below = (random: Random, limit: number) => Math.floor(random() * limit);

function copy(bytes: Buffer): Buffer {
  return Buffer.from(bytes);
}

const WAYS: [name: string, Damage][] = [
  ['cut off', (bytes, random) => bytes.subarray(0, 1 + below(random, bytes.length))],
  ['beginning missing', (bytes, random) => bytes.subarray(below(random, Math.min(bytes.length, 4096)))],
  ['bits flipped', (bytes, random) => flip(bytes, random, 1 + below(random, 20), bytes.length)],
  ['head flipped', (bytes, random) => flip(bytes, random, 1 + below(random, 8), 512)],
  ['rotten', (bytes, random) => flip(bytes, random, Math.ceil(bytes.length / 100), bytes.length)],
  ['a hole of zeros', (bytes, random) => hole(bytes, random, 0)],
  ['a hole of ones', (bytes, random) => hole(bytes, random, 0xff)],
  ['huge numbers', (bytes, random) => claims(bytes, random)],
  ['huge boxes', (bytes, random) => boxClaims(bytes, random)],
  ['a piece twice', (bytes, random) => insert(bytes, random, bytes.subarray(0, below(random, bytes.length)))],
  [
    'another container behind',
    (bytes, random, other) => Buffer.concat([bytes.subarray(0, below(random, bytes.length)), other]),
  ],
  ['another container inside', (bytes, random, other) => insert(bytes, random, other)],
  [
    'noise behind its first bytes',
    (bytes, random) => Buffer.concat([bytes.subarray(0, 16 + below(random, 100)), noise(random, 4000)]),
  ],
];

/** A damaged file and what was done to it. */
export function damaged(bytes: Buffer, other: Buffer, random: Random): { how: string; bytes: Buffer } {
  const [how, damage] = WAYS[below(random, WAYS.length)]!;
  const spoilt = damage(bytes, random, other);
  // The service takes no empty file, and takes the same bytes for the same file.
  return { how, bytes: Buffer.concat([spoilt, noise(random, 8)]) };
}

function flip(bytes: Buffer, random: Random, count: number, within: number): Buffer {
  const spoilt = copy(bytes);
  for (let i = 0; i < count; i++) {
    const at = below(random, Math.min(within, spoilt.length));
    spoilt[at] = spoilt[at]! ^ (1 << below(random, 8));
  }
  return spoilt;
}

function hole(bytes: Buffer, random: Random, value: number): Buffer {
  const from = below(random, bytes.length);
  return copy(bytes).fill(value, from, Math.min(bytes.length, from + 1 + below(random, 2000)));
}

/** Four bytes anywhere in the head say that there is more than anybody has. */
function claims(bytes: Buffer, random: Random): Buffer {
  const spoilt = copy(bytes);
  if (spoilt.length < 8) return spoilt;
  for (let i = 0; i < 3; i++) {
    const huge = [0xffffffff, 0x7fffffff, 0x80000000, 0x0fffffff][below(random, 4)]!;
    spoilt.writeUInt32BE(huge, below(random, Math.min(spoilt.length - 4, 2048)));
  }
  return spoilt;
}

/** Boxes of ISO/IEC 14496-12 whose numbers say how much there is. */
const COUNTED = [
  'stts',
  'ctts',
  'stsz',
  'stsc',
  'stco',
  'stss',
  'elst',
  'mvhd',
  'mdhd',
  'tkhd',
  'stsd',
  'trun',
  'avcC',
];

/** Numbers in the tables of an MP4 claim more than there is; in other containers any number of the head does. */
function boxClaims(bytes: Buffer, random: Random): Buffer {
  const spoilt = copy(bytes);
  const places = COUNTED.map((box) => spoilt.indexOf(box, 0, 'latin1')).filter(
    (at) => at >= 4 && at + 20 < spoilt.length,
  );
  if (places.length === 0) return claims(bytes, random);
  for (let i = 0; i < 2; i++) {
    const box = places[below(random, places.length)]!;
    // The size before the name, or one of the numbers behind it.
    const at = box + [-4, 8, 12, 16][below(random, 4)]!;
    spoilt.writeUInt32BE([0xffffffff, 0x7fffffff, 100_000_000, 0][below(random, 4)]!, at);
  }
  return spoilt;
}

function insert(bytes: Buffer, random: Random, piece: Buffer): Buffer {
  const at = below(random, bytes.length);
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
}

function noise(random: Random, size: number): Buffer {
  return Buffer.from(Array.from({ length: size }, () => below(random, 256)));
}
