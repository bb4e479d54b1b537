import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { OutputSpec, VideoSpec } from '../output-spec.ts';

/** A folder that lasts as long as the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openvod-media-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes a clip with ffmpeg from arguments up to the output's name, and returns its path. */
export function makeClip(folder: string, name: string, args: string): string {
  const path = join(folder, name);
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args.split(' '), path], { stdio: 'pipe' });
  return path;
}

/** ffmpeg arguments of a moving test picture and, if wanted, a tone. */
export function picture(size: string, seconds = 1, fps = 24): string {
  return `-f lavfi -i testsrc2=s=${size}:r=${fps}:d=${seconds}`;
}

export function tone(seconds = 1): string {
  return `-f lavfi -i sine=d=${seconds}`;
}

export const quickH264 = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p';

export const presetAudio = { codec: 'aac', bitrate: 48_000, channels: 2, sampleRate: 44_100 } as const;

/** A video definition like those of docs/wire/templates.md. */
export function presetVideo(changes: Partial<VideoSpec> = {}): VideoSpec {
  return {
    ...{ codec: 'h264', width: 320, height: 240, selfAdapting: true, fps: 24 },
    ...{ bitrate: 256_000, profile: 'baseline', gopFrames: 250 },
    ...changes,
  } as VideoSpec;
}

const sizes = {
  1: { width: 320, height: 240, bitrate: 256_000, profile: 'baseline' },
  2: { width: 640, height: 480, bitrate: 512_000, profile: 'main' },
  3: { width: 1280, height: 720, bitrate: 1_024_000, profile: 'high' },
  4: { width: 1920, height: 1080, bitrate: 2_500_000, profile: 'high' },
} as const;

/** The presets 10 to 40 and 210 to 240, and the two that change only the container, 9 and 6. */
export function preset(id: number): OutputSpec {
  if (id === 9 || id === 6) {
    return { id, container: id === 9 ? 'mp4' : 'hls', copy: true, video: null, audio: null };
  }
  const size = sizes[(Math.floor(id / 10) % 10) as keyof typeof sizes];
  return { id, container: id < 200 ? 'mp4' : 'hls', video: presetVideo(size), audio: { ...presetAudio } };
}

export function presets(...ids: number[]): OutputSpec[] {
  return ids.map(preset);
}
