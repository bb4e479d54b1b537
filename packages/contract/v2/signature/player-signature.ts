import { readWebToken, signWebToken } from './web-token.ts';

/** Longer than any that one has reason to make. */
const MAX_LENGTH = 8192;

/** Signs what a player may ask (docs/wire/delivery.md, Player signature): a JSON Web Token with HS256. */
export function signPlayerClaims(key: string, claims: object): string {
  return signWebToken(key, claims);
}

/** What a player signature says, whatever its time; null when the key has signed no such thing. */
export function readPlayerSignature(key: string, signature: string): unknown {
  return readWebToken(key, signature, { maxLength: MAX_LENGTH });
}

export interface PlayerTerms {
  /** The play key of the application, else the key of Key protection. */
  key: string;
  appId: string;
  fileId: string;
  /** Until when players may ask with it. */
  expiresAt: Date;
  /** Until when the addresses play that players get; when it is left out, as long. */
  playUntil?: Date;
  /** Only the beginning plays: so many seconds, from 30 on. */
  previewSeconds?: number;
  /** From how many addresses of clients it plays, 1 to 9; any number when it is left out. */
  viewers?: number;
  /** Makes the addresses unlike all others: letters, digits and `_.~-`. */
  unique?: string;
}

/**
 * Signs what a player asks with (`psign`): for the player page, `/play/<fileId>?psign=…`, and for players that ask `getplayinfo`.
 *
 * @throws RangeError when the terms cannot be
 */
export function playerSignature(terms: PlayerTerms): string {
  const { key, appId, fileId, expiresAt, playUntil = expiresAt, previewSeconds, viewers, unique } = terms;
  if (!(expiresAt.getTime() > 0 && playUntil.getTime() > 0)) throw new RangeError('an end before 1970');
  if (previewSeconds !== undefined && !(Number.isInteger(previewSeconds) && previewSeconds >= 30)) {
    throw new RangeError('previewSeconds must be a whole number from 30 on');
  }
  if (viewers !== undefined && !(Number.isInteger(viewers) && viewers >= 1 && viewers <= 9)) {
    throw new RangeError('viewers must be a whole number from 1 to 9');
  }
  if (unique !== undefined && !/^[\w.~-]{1,256}$/.test(unique))
    throw new RangeError('unique has other characters');
  return signPlayerClaims(key, {
    appId: Number.isSafeInteger(Number(appId)) ? Number(appId) : appId,
    fileId,
    currentTimeStamp: secondsOf(new Date()),
    expireTimeStamp: secondsOf(expiresAt),
    urlAccessInfo: {
      t: secondsOf(playUntil).toString(16),
      ...(previewSeconds !== undefined && { exper: previewSeconds }),
      ...(viewers !== undefined && { rlimit: viewers }),
      ...(unique !== undefined && { us: unique }),
    },
  });
}

function secondsOf(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
