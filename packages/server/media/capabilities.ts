import { run } from './process.ts';

let toneMapping: Promise<boolean> | undefined;

/** Whether the installed ffmpeg has the filters that turn HDR into SDR. Asked once. */
export function canToneMap(): Promise<boolean> {
  toneMapping ??= run('ffmpeg', ['-v', 'error', '-filters'], { stage: 'transcode', timeoutMs: 30_000 })
    .then(({ stdout }) => [/\bzscale\b/, /\btonemap\b/].every((name) => name.test(stdout)))
    .catch((error) => {
      toneMapping = undefined;
      throw error;
    });
  return toneMapping;
}
