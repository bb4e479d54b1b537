import type { ByteFile } from './byte-file.ts';
import { checkFirstSample } from './first-sample.ts';
import { type Box, boxesIn, full, maybe, one, only } from './mp4-boxes.ts';
import { type Edit, readEdits } from './mp4-edits.ts';
import { readSound, readVideo, type Sound, type Video } from './mp4-entry.ts';
import { type Rotation, readMediaHead, readTrackHead } from './mp4-head.ts';
import { readSamples, type Samples } from './mp4-samples.ts';
import { sure } from './unsure.ts';

/** What every track of pictures or sound has. */
interface Common {
  isDefault: boolean;
  language?: string;
  /** average, bit/s */
  bitrate: number;
}

export interface PictureTrack extends Video, Common {
  rotation: Rotation;
  samples: Samples;
  edits: Edit[];
  /** ticks a second */
  timescale: number;
}

/** One `trak` box. Tracks that are neither picture nor sound only count in the numbering of streams. */
export type Track = { kind: 'other' } | PictureTrack | (Sound & Common);

/** Text, time codes and measurements that cameras and editors add. ffmpeg takes none of them for picture or sound. */
const otherFormats = new Set(['tmcd', 'mebx', 'gpmd', 'fdsc', 'tx3g', 'text', 'c608']);

/** The first picture of a film in 8K takes less. */
const MAX_SAMPLE_BYTES = 8 * 1024 * 1024;

/** @throws Unsure for whatever ffmpeg might see in another way */
export function readTrack(trak: Buffer, file: ByteFile, isQuickTime: boolean): Track {
  const boxes = boxesIn(trak);
  only(boxes, 'tkhd edts tref mdia udta meta tapt load');
  const reference = maybe(boxes, 'tref');
  sure(!reference || !boxesIn(reference).some((box) => box.type === 'chap'), 'chapters');
  const media = boxesIn(one(boxes, 'mdia'));
  only(media, 'mdhd hdlr minf elng');
  const info = boxesIn(one(media, 'minf'));
  only(info, 'vmhd smhd nmhd gmhd hmhd sthd hdlr dinf stbl');
  const table = boxesIn(one(info, 'stbl'));
  const entry = onlyEntry(one(table, 'stsd'));
  only(table, 'stsd stts stsz stco co64 stsc stss ctts sdtp cslg sgpd sbgp');
  checkSelfContained(one(boxesIn(one(info, 'dinf')), 'dref'));
  const head = readTrackHead(one(boxes, 'tkhd'));
  const { timescale, language, duration } = readMediaHead(one(media, 'mdhd'));
  const samples = readSamples(table, file.size);
  sure(samples.first.size <= MAX_SAMPLE_BYTES, 'an enormous first sample');
  const first = file.read(samples.first.offset, samples.first.size);

  const edits = readEdits(maybe(boxes, 'edts'), samples.duration);
  const kind = one(media, 'hdlr').toString('latin1', 8, 12);
  if (kind !== 'vide' && kind !== 'soun') {
    sure(otherFormats.has(entry.type), `a track of ${kind}`);
    return { kind: 'other' };
  }
  const ticks = Math.min(duration || samples.duration, samples.duration);
  const bitrate = bitrateOf(samples.bytes, ticks, timescale);
  const common = { isDefault: head.isEnabled, language, bitrate };
  if (kind === 'soun') return { ...readSound(entry, isQuickTime), ...common };
  const video = readVideo(entry, head);
  checkFirstSample(video.config, first);
  return {
    ...{ ...video, ...common, rotation: head.rotation },
    ...{ samples, edits, timescale },
  };
}

/** bit/s, cut off as ffmpeg does. */
function bitrateOf(bytes: number, ticks: number, timescale: number): number {
  return Number((BigInt(bytes) * 8n * BigInt(timescale)) / BigInt(ticks));
}

function onlyEntry(stsd: Buffer): Box {
  const { cursor } = full(stsd);
  sure(cursor.uint(4) === 1, 'several sample descriptions');
  const entries = boxesIn(cursor.take(cursor.left));
  sure(entries.length === 1, 'several sample descriptions');
  return entries[0]!;
}

/** @throws Unsure when a track refers to another file: nobody opens it, but what ffprobe says then is its own */
function checkSelfContained(dref: Buffer): void {
  const { cursor } = full(dref);
  const count = cursor.uint(4);
  const references = boxesIn(cursor.take(cursor.left));
  sure(count > 0 && count === references.length, 'tables that do not agree');
  for (const { body } of references) sure(full(body).flags & 1, 'media in another file');
}
