import type { ProbeOutput, ProbeStream } from '../probe-parse.ts';
import type { ByteFile } from './byte-file.ts';
import { boxesIn, one, only } from './mp4-boxes.ts';
import { readMovieHead } from './mp4-head.ts';
import { longestKeyDistance } from './mp4-key-frames.ts';
import { type PictureTrack, readTrack, type Track } from './mp4-track.ts';
import type { Headers } from './output.ts';
import { formatOf, pictureFields } from './output.ts';
import { sure } from './unsure.ts';

/** Major brands of plain films and sound. Others (pictures, segments of streams, protected media) are ffprobe's. */
const brands = /^(isom|iso[2-6]|mp4[12]|avc1|qt {2}|M4[AV] |M4VH|M4VP|MSNV|3gp[4-7]|3g2[abc])$/;

/** The index of a film of ten hours is about 25 MiB. */
const MAX_MOOV_BYTES = 32 * 1024 * 1024;
const MAX_TOP_BOXES = 64;

/**
 * Reads MP4, MOV, M4A and 3GP with H.264, H.265 and AAC.
 *
 * @throws Unsure for anything that ffprobe might see in another way, among it fragments, pictures of uneven duration,
 * and boxes that are not known here
 */
export function readMp4(file: ByteFile): Headers {
  const top = readTop(file);
  const boxes = boxesIn(top.moov);
  only(boxes, 'mvhd trak udta meta iods');
  const isQuickTime = top.brand === 'qt  ';
  const movie = readMovieHead(one(boxes, 'mvhd'));
  const traks = boxes.filter((box) => box.type === 'trak');
  checkCovers(top.moov, traks.at(-1)?.body);
  const tracks = traks.map((box) => readTrack(box.body, file, isQuickTime));
  sure(
    tracks.some((track) => track.kind !== 'other'),
    'nothing to see or hear',
  );
  const output: ProbeOutput = {
    format: {
      ...formatOf('mov,mp4,m4a,3gp,3g2,mj2', file.size, (movie.duration * 1_000_000) / movie.timescale),
      tags: { major_brand: top.brand },
    },
    streams: tracks.map(streamOf),
  };
  const keyFrameIntervals = tracks.map((track) =>
    track.kind === 'video'
      ? longestKeyDistance(track.samples, track.edits, track.timescale, movie.timescale)
      : undefined,
  );
  return { output, keyFrameIntervals };
}

/** Walks over the boxes of the file itself, from its `ftyp` to its end. */
function readTop(file: ByteFile): { brand: string; moov: Buffer } {
  let brand = '';
  let moov: Buffer | undefined;
  let media = 0;
  let count = 0;
  for (let at = 0; at < file.size; count += 1) {
    sure(count < MAX_TOP_BOXES, 'too many boxes');
    const { type, size, headBytes } = readBoxHead(file, at);
    sure(at + size <= file.size, 'a box beyond the end of the file');
    sure((type === 'ftyp') === (at === 0), 'ftyp is not the first box');
    if (type === 'ftyp') {
      brand = file.read(headBytes, 4).toString('latin1');
      sure(brands.test(brand), 'an uncommon brand');
    } else if (type === 'moov') {
      sure(!moov && size <= MAX_MOOV_BYTES, 'several or an enormous moov');
      moov = file.read(at + headBytes, size - headBytes);
    } else if (type === 'mdat') {
      media += 1;
    } else {
      sure(['free', 'skip', 'wide', 'udta', 'uuid'].includes(type), `${type} is not known here`);
    }
    at += size;
  }
  sure(moov && media > 0, 'no moov or no mdat');
  return { brand, moov };
}

function readBoxHead(file: ByteFile, at: number): { type: string; size: number; headBytes: number } {
  const head = file.read(at, 8);
  const size = head.readUInt32BE(0);
  const type = head.toString('latin1', 4, 8);
  // To the end of the file.
  if (size === 0) return { type, size: file.size - at, headBytes: 8 };
  if (size !== 1) {
    sure(size >= 8, 'a box smaller than its head');
    return { type, size, headBytes: 8 };
  }
  const long = Number(file.read(at + 8, 8).readBigUInt64BE(0));
  sure(long >= 16 && Number.isSafeInteger(long), 'a box smaller than its head');
  return { type, size: long, headBytes: 16 };
}

/** A cover is a stream too: behind the tracks it changes nothing, before them it moves their numbers. */
function checkCovers(moov: Buffer, lastTrack: Buffer | undefined): void {
  const cover = moov.indexOf('covr', 0, 'latin1');
  sure(
    cover === -1 || (lastTrack && cover > lastTrack.byteOffset - moov.byteOffset + lastTrack.length),
    'a cover',
  );
}

function streamOf(track: Track, index: number): ProbeStream {
  if (track.kind === 'other') return { index, codec_type: 'data' };
  const common = {
    index,
    bit_rate: String(track.bitrate),
    disposition: { default: track.isDefault ? 1 : 0 },
    tags: languageTag(track.language),
  };
  if (track.kind === 'sound') {
    return {
      ...{ ...common, codec_type: 'audio', codec_name: 'aac', profile: 'LC' },
      ...{ sample_rate: String(track.sampleRate), channels: track.channels },
    };
  }
  return { ...common, ...pictureFields(track.config.picture, track.pixelAspect), ...timing(track) };
}

function languageTag(language: string | undefined): ProbeStream['tags'] {
  return language === undefined ? undefined : { language };
}

function timing({ samples, timescale, rotation }: PictureTrack): Partial<ProbeStream> {
  sure(samples.delta !== null, 'pictures of uneven duration');
  return {
    avg_frame_rate: `${timescale * samples.count}/${samples.duration}`,
    r_frame_rate: `${timescale}/${samples.delta}`,
    // Counter-clockwise, as in the display matrix.
    side_data_list: rotation === 0 ? [] : [{ rotation: -rotation }],
  };
}
