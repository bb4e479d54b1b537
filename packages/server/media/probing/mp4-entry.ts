import { parseAacConfig } from './aac.ts';
import { Cursor } from './cursor.ts';
import { type Box, boxesIn, full, maybe, one, only } from './mp4-boxes.ts';
import { type PictureConfig, parseAvcConfig, parseHevcConfig } from './parameter-sets.ts';
import { sure, Unsure } from './unsure.ts';

/** What a sample description says of pictures. */
export interface Video {
  kind: 'video';
  config: PictureConfig;
  /** shape of a pixel, width to height; 0 when not said */
  pixelAspect: number;
}

/** What a sample description says of sound. */
export interface Sound {
  kind: 'sound';
  sampleRate: number;
  channels: number;
}

/**
 * Reads the sample entry of H.264 and H.265 (ISO/IEC 14496-12, 12.1.3).
 *
 * @param head the size of the track, in 65,536ths of a px
 * @throws Unsure when container and codec do not say the same
 */
export function readVideo(entry: Box, head: { width: number; height: number }): Video {
  const cursor = new Cursor(entry.body);
  cursor.skip(24);
  const [width, height] = [cursor.uint(2), cursor.uint(2)];
  cursor.skip(50);
  const boxes = boxesIn(cursor.take(cursor.left));
  only(boxes, 'avcC hvcC pasp colr fiel btrt mdcv clli chrm');
  const fields = maybe(boxes, 'fiel');
  sure(!fields || fields[0] === 1, 'fields');
  const config = configOf(entry.type, boxes);
  const { picture } = config;
  sure(picture.width === width && picture.height === height, 'a picture that is cropped twice');
  const pasp = maybe(boxes, 'pasp');
  // Without it, another size of the track means another shape of pixels.
  const isPlain = head.width === width * 65_536 && head.height === height * 65_536;
  sure(pasp || isPlain, 'a track that is scaled');
  const colr = maybe(boxes, 'colr');
  if (colr) checkColour(colr, config);
  return { kind: 'video', config, pixelAspect: pasp ? aspectOf(pasp) : picture.pixelAspect };
}

function configOf(format: string, boxes: Box[]): PictureConfig {
  if (format === 'avc1') return parseAvcConfig(one(boxes, 'avcC'));
  if (format === 'hvc1' || format === 'hev1') return parseHevcConfig(one(boxes, 'hvcC'));
  throw new Unsure(`pictures of ${format}`);
}

function aspectOf(pasp: Buffer): number {
  const cursor = new Cursor(pasp);
  const [width, height] = [cursor.uint(4), cursor.uint(4)];
  // Beyond, ffmpeg rounds them.
  sure(width > 0 && height > 0 && width < 32_768 && height < 32_768, 'an uncommon shape of pixels');
  return width / height;
}

/** PQ and HLG, numbers of ITU-T H.273. */
const isHdr = (transfer: number | undefined) => transfer === 16 || transfer === 18;

/** @throws Unsure when the container's colour is not the codec's: which of both counts depends on the codec */
function checkColour(colr: Buffer, { picture }: PictureConfig): void {
  const cursor = new Cursor(colr);
  const type = cursor.text(4);
  if (type !== 'nclx' && type !== 'nclc') return;
  cursor.skip(2);
  const transfer = cursor.uint(2);
  cursor.skip(2);
  const fullRange = type === 'nclx' && (cursor.uint(1) & 128) === 128;
  sure(isHdr(transfer) === isHdr(picture.transfer), 'colours that do not agree');
  sure(type === 'nclc' || fullRange === (picture.fullRange ?? false), 'colours that do not agree');
}

/**
 * Reads the sample entry of AAC (ISO/IEC 14496-12, 12.2.3; its longer form in QuickTime).
 *
 * @throws Unsure for other kinds of sound
 */
export function readSound(entry: Box, isQuickTime: boolean): Sound {
  sure(entry.type === 'mp4a', `sound of ${entry.type}`);
  const cursor = new Cursor(entry.body);
  cursor.skip(8);
  const version = cursor.uint(2);
  sure(version === 0 || (version === 1 && isQuickTime), 'an uncommon description of sound');
  cursor.skip(14);
  const sampleRate = cursor.uint(4) / 65_536;
  if (version === 1) cursor.skip(16);
  const boxes = boxesIn(cursor.take(cursor.left));
  only(boxes, 'esds wave chan btrt');
  const wave = maybe(boxes, 'wave');
  const config = aacConfigOf(one(wave ? boxesIn(wave) : boxes, 'esds'));
  const sound = parseAacConfig(config);
  sure(sound.sampleRate === sampleRate, 'sampling rates that do not agree');
  return { kind: 'sound', ...sound };
}

/** Finds the AudioSpecificConfig in the descriptors of MPEG-4 (ISO/IEC 14496-1, 7.2.6). */
function aacConfigOf(esds: Buffer): Buffer {
  const stream = descriptor(full(esds).cursor, 3);
  stream.skip(2);
  sure((stream.uint(1) & 0xe0) === 0, 'a stream that depends on another');
  const decoder = descriptor(stream, 4);
  sure(decoder.uint(1) === 0x40, 'another codec than AAC');
  decoder.skip(12);
  const config = descriptor(decoder, 5);
  return config.take(config.left);
}

function descriptor(cursor: Cursor, tag: number): Cursor {
  sure(cursor.uint(1) === tag, 'an unknown descriptor');
  let length = 0;
  for (let i = 0; i < 4; i += 1) {
    const byte = cursor.uint(1);
    length = length * 128 + (byte & 127);
    if (byte < 128) break;
  }
  return new Cursor(cursor.take(length));
}
