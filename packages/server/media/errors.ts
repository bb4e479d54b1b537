/**
 * Stages of media work, as the groups of the contract's processing error codes (processing-error-codes.yaml):
 * a code is `-(group * 100 + reason)`.
 */
const groups = {
  probe: 430,
  snapshot: 440,
  transcode: 450,
  'read-output': 451,
  'check-output': 491,
} as const;

export type MediaStage = keyof typeof groups;

/** Reasons that every group shares; the names follow the meaning in the contract. */
const reasons = {
  damaged: 1,
  'decode-failed': 29,
  'codec-unknown': 89,
  'sample-format-unknown': 91,
  'sample-rate-unknown': 92,
  'channels-unknown': 93,
  'size-unknown': 95,
  'end-of-file': 98,
  'seek-beyond-end': 99,
} as const;

export type MediaReason = keyof typeof reasons;

/** Codes that say the source is unfit, whatever the stage (group -47xxx of the contract). */
export const unfit = {
  codecUnknown: -47102,
  durationOutOfRange: -47104,
  durationZero: -47200,
  neitherAudioNorVideo: -47400,
  noAudio: -47401,
  noVideo: -47402,
  badPictureSize: -47403,
} as const;

/** Media work failed for a reason that the contract has a code for. */
export class MediaError extends Error {
  /** A code of processing-error-codes.yaml, for example -43001. */
  readonly code: number;
  /** Trying again later may help: a time limit, a kill, a full disk. False when the file itself is at fault. */
  readonly transient: boolean;
  /** The last words of ffmpeg (at most 8 KiB), for the operator; may be empty. */
  readonly log: string;

  constructor(code: number, message: string, details: { transient?: boolean; log?: string } = {}) {
    super(message);
    this.name = 'MediaError';
    this.code = code;
    this.transient = details.transient ?? false;
    this.log = details.log ?? '';
  }
}

/** @returns the contract's code for a reason met in a stage, for example `('probe', 'damaged')` → -43001 */
export function errorCode(stage: MediaStage, reason: MediaReason): number {
  return -(groups[stage] * 100 + reasons[reason]);
}

// What ffmpeg and ffprobe print when the bytes, not the circumstances, are wrong.
const damageWords =
  /invalid data found|moov atom not found|partial file|error while decoding|error splitting|corrupt|truncat|invalid nal|not on whitelist/i;

/** @returns what ffmpeg's last words say about the input */
export function reasonIn(log: string): 'damaged' | 'end-of-file' | 'decode-failed' {
  if (/: end of file\s*$/i.test(log)) return 'end-of-file';
  return speaksOfDamage(log) ? 'damaged' : 'decode-failed';
}

/** Tells from ffmpeg's last words whether it found the input damaged. */
export function speaksOfDamage(log: string): boolean {
  return damageWords.test(log);
}

// Circumstances of this machine rather than of the file.
const circumstanceWords =
  /no space left on device|cannot allocate memory|resource temporarily unavailable|failed to execute/i;

/** Tells from ffmpeg's last words whether the same command may succeed later. */
export function speaksOfCircumstances(log: string): boolean {
  return circumstanceWords.test(log);
}
