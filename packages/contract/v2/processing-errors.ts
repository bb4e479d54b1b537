/**
 * Codes of failed processing jobs (docs/wire/processing-errors.md). They travel in the status of
 * job-level events such as TranscodeComplete; sub-tasks of task flows carry 30009 or 30010 instead.
 */

export interface ProcessingError {
  code: number;
  kind: 'probe' | 'snapshot' | 'transcode' | 'source';
  /** What the job was doing. */
  stage: string;
  meaning: string;
}

/** `status` of PullComplete (docs/wire/uploads.md, Pulling from a URL). */
export const PULL_ERRORS = {
  /** The source could not be fetched. */
  notFetched: 10001,
} as const;

/** `errCode` of sub-tasks in ProcedureStateChanged. */
export const FLOW_ERRORS = {
  /** The source file is faulty. */
  sourceFaulty: 30009,
  /** System failure or unknown. */
  systemFailure: 30010,
} as const;

/** Stages and their part of the code: code = −(stage × 100 + reason). */
export const STAGES = {
  probe: { number: 430, kind: 'probe', text: 'reading information about the source' },
  probeJoin: { number: 431, kind: 'probe', text: 'reading information about a file to be joined' },
  snapshot: { number: 440, kind: 'snapshot', text: 'running the snapshot command' },
  probeSnapshot: { number: 441, kind: 'snapshot', text: 'reading information about snapshots' },
  transcode: { number: 450, kind: 'transcode', text: 'running the transcode command' },
  probeOutput: {
    number: 451,
    kind: 'transcode',
    text: 'reading file information before checking the output',
  },
  probeUpload: { number: 452, kind: 'transcode', text: 'reading file information before storing the output' },
  check: { number: 491, kind: 'transcode', text: 'checking the output' },
} as const;

/** Reasons that every stage shares. */
export const REASONS = {
  damaged: { number: 1, text: 'decoding failed, the file is damaged' },
  decodeFailed: { number: 29, text: 'decoding failed' },
  codecUnknown: { number: 89, text: 'the codec of the source is unknown' },
  audioFrameSizeUnknown: { number: 90, text: 'the audio frame size is unknown' },
  audioFormatUnknown: { number: 91, text: 'the audio sample format is unknown' },
  audioRateUnknown: { number: 92, text: 'the audio rate is unknown' },
  channelsUnknown: { number: 93, text: 'the number of audio channels is unknown' },
  noDts: { number: 94, text: 'no frame has a decoding time stamp' },
  sizeUnknown: { number: 95, text: 'width and height of the video are unknown' },
  colorSpaceUnknown: { number: 96, text: 'the colour space is unknown' },
  noAspectRatio: { number: 97, text: 'RealVideo 3/4 without a frame and without a sample aspect ratio' },
  endOfFile: { number: 98, text: 'unexpected end of file' },
  seekOutside: { number: 99, text: 'seek beyond the size of the file' },
} as const;

/** Why a source is unfit, whatever the job. */
export const SOURCE_ERRORS = {
  informationInvalid: { code: -47100, text: 'source information is not valid JSON' },
  informationIncomplete: { code: -47101, text: 'source information lacks width, height or colour space' },
  codecUnknown: { code: -47102, text: 'codec of the source unknown' },
  durationOutOfRange: { code: -47104, text: 'duration is below 0.01 s or above 604800 s' },
  durationZero: { code: -47200, text: 'duration is 0' },
  joinTooMany: { code: -47300, text: 'too many files to join' },
  joinSizesDiffer: { code: -47301, text: 'the pictures of the files to join differ in size' },
  joinUnreadable: { code: -47302, text: 'a file to join could not be read' },
  noStreams: { code: -47400, text: 'the file has neither audio nor video' },
  noAudio: { code: -47401, text: 'audio was asked for and the source has none' },
  noVideo: { code: -47402, text: 'video was asked for and the source has none' },
  geometryInvalid: { code: -47403, text: 'width, height, rotation or display aspect ratio is invalid' },
} as const;

/** The code of a failure in a stage, e.g. `processingCode('transcode', 'damaged')` is −45001. */
export function processingCode(stage: keyof typeof STAGES, reason: keyof typeof REASONS): number {
  return -(STAGES[stage].number * 100 + REASONS[reason].number);
}

/** All 116 codes with their stage and meaning. */
export const PROCESSING_ERRORS: readonly ProcessingError[] = [
  ...Object.values(STAGES).flatMap((stage) =>
    Object.values(REASONS).map((reason) => ({
      code: -(stage.number * 100 + reason.number),
      kind: stage.kind,
      stage: stage.text,
      meaning: reason.text,
    })),
  ),
  ...Object.values(SOURCE_ERRORS).map(({ code, text }) => ({
    code,
    kind: 'source' as const,
    stage: 'source unfit',
    meaning: text,
  })),
];
