import type { EncodePreset } from './encode-preset.ts';

const MINUTE = 60_000;

/** How many times longer than `medium` a preset may take; a fast one gets no less, the limit is generous. */
const slowness: Partial<Record<EncodePreset, number>> = { slow: 2, slower: 4, veryslow: 8, placebo: 20 };

/**
 * How long a transcode may take, ms: thirty times the film, which the slowest machine worth running on does not need
 * for a full ladder, and ten minutes for start and finish. Slow presets get more.
 */
export function transcodeTimeoutMs(durationMs: number, preset: EncodePreset): number {
  return 10 * MINUTE + 30 * (slowness[preset] ?? 1) * durationMs;
}

/**
 * How long a transcode may go without advancing, ms. It grows with the film since moving the index of a large MP4 to
 * the front copies the file once, in silence.
 */
export function stallTimeoutMs(durationMs: number): number {
  return 3 * MINUTE + Math.round(durationMs / 10);
}
