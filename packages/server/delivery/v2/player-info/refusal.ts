/** Why a player is told nothing of a video: a code of docs/wire/delivery.md, Player information. */
export class PlayerRefusal extends Error {
  override name = 'PlayerRefusal';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export const REFUSED = {
  notFoundV2: 10008,
  notSigned: 403,
  serverFailed: 500,
  notFound: 1001,
  previewLength: 1002,
  noAdaptive: 1005,
  malformed: 1006,
  other: 1010,
  psign: 1009,
  noContentType: 1014,
  noAdaptiveDefinition: 1015,
  noEncryption: 1016,
  noTranscodeDefinition: 1017,
  configuration: 1019,
  playKey: 1020,
} as const;
