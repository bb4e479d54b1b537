import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Containers and how a small film gets into each: ffmpeg's arguments behind the picture and the sound. */
const CONTAINERS: Record<string, string> = {
  mp4: '-c:v libx264 -c:a aac',
  'fragmented.mp4': '-c:v libx264 -c:a aac -movflags frag_keyframe+empty_moov',
  mov: '-c:v mpeg4 -c:a pcm_s16le',
  m4v: '-c:v libx264 -an -f ipod',
  '3gp': '-c:v h263 -s 176x144 -an',
  mkv: '-c:v libx264 -c:a libmp3lame',
  webm: '-c:v libvpx -c:a libvorbis -deadline realtime',
  avi: '-c:v mpeg4 -c:a mp3',
  flv: '-c:v flv1 -an',
  'h264.flv': '-c:v libx264 -c:a aac -f flv',
  ts: '-c:v libx264 -c:a aac',
  'mpeg2.ts': '-c:v mpeg2video -c:a mp2 -f mpegts',
  mpg: '-c:v mpeg1video -c:a mp2',
  vob: '-c:v mpeg2video -c:a ac3',
  wmv: '-c:v wmv2 -c:a wmav2 -f asf',
  ogv: '-c:v libtheora -c:a libvorbis',
  mxf: '-c:v mpeg2video -c:a pcm_s16le -ar 48000',
  dv: '-s 720x576 -r 25 -pix_fmt yuv420p -c:v dvvideo -an',
  nut: '-c:v mpeg4 -c:a mp2',
  gif: '-an',
  apng: '-an -f apng',
  swf: '-c:v flv1 -an',
  rm: '-c:v rv10 -an',
  h264: '-c:v libx264 -an',
  hevc: '-c:v libx265 -x265-params log-level=none -an',
  'hevc.mp4': '-c:v libx265 -x265-params log-level=none -tag:v hvc1 -an',
  mjpeg: '-c:v mjpeg -an',
  y4m: '-pix_fmt yuv420p -an -f yuv4mpegpipe',
  mp3: '-vn -c:a libmp3lame',
  m4a: '-vn -c:a aac -f ipod',
  aac: '-vn -c:a aac',
  flac: '-vn',
  ogg: '-vn -c:a libvorbis',
  opus: '-vn -c:a libopus',
  wav: '-vn',
  aiff: '-vn',
  caf: '-vn',
  ac3: '-vn -c:a ac3',
  amr: '-vn -c:a libopencore_amrnb -ar 8000 -ac 1',
  wma: '-vn -c:a wmav2 -f asf',
  jpg: '-an -frames:v 1 -f mjpeg',
  png: '-an -frames:v 1 -f apng',
};

export interface Sample {
  /** Extension, as a client would announce it. */
  type: string;
  bytes: Buffer;
}

/** A small film in every container of the list that the ffmpeg of this machine can make. */
export async function makeSamples(folder: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const [name, args] of Object.entries(CONTAINERS)) {
    const file = path.join(folder, `sample.${name}`);
    const input = [
      ...['-f', 'lavfi', '-i', 'testsrc2=size=128x96:rate=25:duration=1'],
      ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=44100:duration=1'],
    ];
    try {
      await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...input, ...args.split(' '), file]);
      samples.push({ type: name.split('.').at(-1)!, bytes: await readFile(file) });
    } catch {
      // This ffmpeg has no such encoder; the report tells how many containers there were.
    }
  }
  return samples;
}
