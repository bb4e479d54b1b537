import { type PlayAccess, playInfoSignature } from '@openvod/contract/v2/signature/play-address.ts';
import { isSame, type Signed, signedOf, TOLERANCE_MS } from '../../protection/key.ts';
import { type PlayerClaims, readClaims } from '../player-claims.ts';
import { PlayerRefusal, REFUSED } from './refusal.ts';

/** Who asks for what: as the path has it, now in ms since the epoch. */
export interface Asked {
  appId: string;
  videoId: string;
  now: number;
}

/** "At least 30 by the page on player signatures" (docs/wire/delivery.md, Key protection). */
const LEAST_PREVIEW_S = 30;

/** What the addresses may carry for a request of version 2, which `key` has signed. @throws PlayerRefusal */
export function accessOfV2(key: string, url: string, { appId, videoId, now }: Asked): PlayAccess {
  const signed = signedOf(url);
  if (typeof signed === 'string') throw new PlayerRefusal(REFUSED.notSigned, signed);
  if (now > signed.endsAt + TOLERANCE_MS) throw new PlayerRefusal(REFUSED.notSigned, 'its time is over');
  const { t, exper, us } = signed.access;
  // For no preview both forms are in use.
  const forms: PlayAccess[] =
    signed.previewSeconds === 0
      ? [
          { t, us },
          { t, exper, us },
        ]
      : [{ t, exper, us }];
  if (!forms.some((form) => isSignedWith(key, signed, { appId, fileId: videoId, ...form }))) {
    throw new PlayerRefusal(REFUSED.notSigned, 'its signature is wrong');
  }
  return { t, us, exper: signed.previewSeconds === 0 ? undefined : exper };
}

function isSignedWith(key: string, { sign }: Signed, call: Parameters<typeof playInfoSignature>[1]): boolean {
  return isSame(playInfoSignature(key, call), sign);
}

/**
 * What a player signature says; null when there is none, and none is needed.
 * @throws PlayerRefusal
 */
export function claimsOf(
  { key, playKey }: { key: string | null; playKey: string | null },
  psign: string | null,
  asked: Asked,
): PlayerClaims | null {
  if (psign === null || psign === '') {
    if (key !== null) throw new PlayerRefusal(REFUSED.psign, 'psign is missing');
    return null;
  }
  const signing = playKey ?? key;
  if (signing === null) throw new PlayerRefusal(REFUSED.playKey, 'there is no key that signs');
  const claims = readClaims(signing, psign, asked);
  if (!claims)
    throw new PlayerRefusal(REFUSED.psign, 'psign is wrong, for another video, or its time is over');
  return claims;
}

/** @throws PlayerRefusal when nothing of the video would play with it */
export function checkPreview({ exper = '0' }: PlayAccess, durationMs: number): void {
  const seconds = Number(exper);
  if (seconds > 0 && (seconds < LEAST_PREVIEW_S || seconds * 1000 > durationMs)) {
    throw new PlayerRefusal(
      REFUSED.previewLength,
      `a preview lasts from ${LEAST_PREVIEW_S} s to as long as the video`,
    );
  }
}
