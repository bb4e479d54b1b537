const MINUTE = 60_000;

/**
 * How long a transcode may take, ms: thirty times the film, which the slowest machine worth running on does not need
 * for a full ladder, and ten minutes for start and finish.
 */
export function transcodeTimeoutMs(durationMs: number): number {
  return 10 * MINUTE + 30 * durationMs;
}

/**
 * How long a transcode may go without advancing, ms. It grows with the film since moving the index of a large MP4 to
 * the front copies the file once, in silence.
 */
export function stallTimeoutMs(durationMs: number): number {
  return 3 * MINUTE + Math.round(durationMs / 10);
}
