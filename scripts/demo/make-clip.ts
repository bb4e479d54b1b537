import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Makes an eight-second clip with picture and sound, 1280 by 720 px, and returns its path. */
export async function makeClip(file: string): Promise<string> {
  const args = [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=30:duration=8'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=440:beep_factor=4:duration=8'],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-b:v',
      '4M',
      '-pix_fmt',
      'yuv420p',
      '-c:a',
      'aac',
      '-shortest',
      file,
    ],
  ];
  await promisify(execFile)('ffmpeg', args);
  return file;
}
