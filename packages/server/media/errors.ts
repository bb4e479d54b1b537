import type { Outage } from '../common/faults/outage.ts';

/** What the media room was doing. */
export type WorkStage = 'probe' | 'snapshot' | 'transcode' | 'check-output';

/** Why a stage failed, and how that is said to people. */
const workReasons = {
  damaged: 'the file is damaged, or it is no media file',
  'end-of-file': 'the file ends too early',
  'decode-failed': 'the file cannot be read',
  'codec-unknown': 'the codec of the file is unknown',
  'sample-rate-unknown': 'the sampling rate of the sound is unknown',
  'channels-unknown': 'the number of sound channels is unknown',
  'size-unknown': 'the size of the picture is unknown or absurd',
  'seek-beyond-end': 'the video ends before that time',
  /** by a limit of ours or by this machine; nothing is known against the file */
  interrupted: 'the work on the file was interrupted',
} as const;

/** Why a source is unfit for what is asked, whatever the stage. */
const unfitReasons = {
  'no-streams': 'the file has neither video nor sound',
  'no-video': 'the file has no video',
  'no-audio': 'the file has no sound',
  'duration-zero': 'the file has no duration',
  'duration-out-of-range': 'the file is too short or too long',
  'picture-too-large': 'the picture is too large',
  'codec-not-in-container': 'the codec of the file cannot be copied into that container',
  'watermark-on-copy': 'where only the container changes there is no picture to lay a watermark on',
  'rotation-not-in-container': 'the picture is turned, which a copy in that container cannot say',
} as const;

export type WorkReason = keyof typeof workReasons;
export type UnfitReason = keyof typeof unfitReasons;

/** What went wrong: in a stage of the work, or (stage 'source') because the source is unfit. */
export type MediaFault = { stage: WorkStage; reason: WorkReason } | { stage: 'source'; reason: UnfitReason };

/** Media work failed. The message says in plain words what is wrong with the file. */
export class MediaError extends Error {
  /** Stage and reason in one, which the compiler can tell apart. */
  readonly fault: MediaFault;
  /** Trying again later may help: a time limit, a kill, an outage. False when the file itself is at fault. */
  readonly transient: boolean;
  /** What this machine lacked; null when nothing is known of that, and then the file may be at fault all the same. */
  readonly outage: Outage | null;
  /** The last words of ffmpeg (at most 8 KiB), for the operator; may be empty. */
  readonly log: string;

  /**
   * @param message by default the common words for the reason
   * @param details what passes and says of no outage is taken for one: a file is found guilty by those only who know
   */
  constructor(
    fault: MediaFault,
    message: string = inWords(fault.reason),
    details: { transient?: boolean; outage?: Outage | null; log?: string } = {},
  ) {
    super(message);
    this.name = 'MediaError';
    this.fault = fault;
    const { transient, outage = transient ? 'processes' : null } = details;
    this.outage = outage;
    this.transient = transient ?? outage !== null;
    this.log = details.log ?? '';
  }

  get stage(): MediaFault['stage'] {
    return this.fault.stage;
  }

  get reason(): MediaFault['reason'] {
    return this.fault.reason;
  }
}

/** What a reason means, for people: "the file has no video" */
export function inWords(reason: WorkReason | UnfitReason): string {
  return { ...workReasons, ...unfitReasons }[reason];
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

/** Tells from ffmpeg's last words whether the input ended before its time. */
export function speaksOfAnEnd(log: string): boolean {
  return /partial file|truncat|end of file/i.test(log);
}
