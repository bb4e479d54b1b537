import { execFileSync } from 'node:child_process';

/** What a decoder shows of a file, frame by frame: their times in ms and the checksums of their pictures. */
export function framesOf(file: string): { timesMs: number[]; pictures: string[] } {
  const args = ['-nostdin', '-v', 'error', '-i', file, '-map', '0:v', '-f', 'framemd5'];
  const out = execFileSync('ffmpeg', [...args, '-fps_mode', 'passthrough', '-'], { encoding: 'utf8' });
  const base = /^#tb 0: (\d+)\/(\d+)/m.exec(out);
  const tickMs = (Number(base?.[1]) / Number(base?.[2])) * 1000;
  const lines = out.split('\n').filter((line) => /^0,/.test(line));
  const fields = lines.map((line) => line.split(',').map((field) => field.trim()));
  return {
    timesMs: fields.map((field) => Number(field[2]) * tickMs),
    pictures: fields.map((field) => field[5]!),
  };
}

/**
 * How alike two frames of two files are: the structural similarity of their luma, 1 for the same picture.
 *
 * @param a file and number of the frame, from 0; `b` is scaled to its size
 */
export function similarity(a: { file: string; frame: number }, b: { file: string; frame: number }): number {
  const pick = (input: number, frame: number, name: string) =>
    `[${input}:v]select=eq(n\\,${frame}),setpts=0[${name}]`;
  const graph = [
    pick(0, a.frame, 'a'),
    pick(1, b.frame, 'b'),
    '[b][a]scale2ref[c][d];[c][d]ssim=stats_file=-',
  ].join(';');
  const args = ['-nostdin', '-v', 'error', '-i', a.file, '-i', b.file, '-filter_complex', graph];
  const out = execFileSync('ffmpeg', [...args, '-frames:v', '1', '-f', 'null', '/dev/null'], {
    encoding: 'utf8',
  });
  return Number(/Y:([\d.]+)/.exec(out)?.[1]);
}
