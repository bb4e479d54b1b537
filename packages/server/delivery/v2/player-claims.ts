import type { PlayAccess } from '@openvod/contract/v2/signature/play-address.ts';
import { readPlayerSignature } from '@openvod/contract/v2/signature/player-signature.ts';
import { z } from 'zod';

const number = z.number().int().nonnegative();

/** Members that are not here are let be: they are for what there is not. */
const PAYLOAD = z.object({
  appId: z.union([number, z.string()]).transform(String),
  fileId: z.string(),
  /** Unix s. */
  currentTimeStamp: number,
  expireTimeStamp: number.optional(),
  pcfg: z.string().optional(),
  contentInfo: z
    .object({
      audioVideoType: z.string().optional(),
      rawAdaptiveDefinition: number.optional(),
      transcodeDefinition: number.optional(),
      imageSpriteDefinition: number.optional(),
      drmAdaptiveInfo: z.looseObject({}).optional(),
      resolutionNames: z
        .array(z.object({ MinEdgeLength: number, Name: z.string() }))
        .max(20)
        .optional(),
    })
    .optional(),
  urlAccessInfo: z
    .object({
      t: z
        .string()
        .regex(/^[0-9a-f]{1,10}$/i)
        .optional(),
      exper: number.optional(),
      rlimit: number.min(1).max(9).optional(),
      us: z
        .string()
        .regex(/^[\w.~-]{0,256}$/)
        .optional(),
    })
    .default({}),
});

/** What a player signature says (docs/wire/delivery.md, Player signature). */
export type PlayerClaims = z.output<typeof PAYLOAD>;

const DAY_S = 24 * 3600;

/** What a signature of a video says that holds now, ms since the epoch; null when it says nothing that does. */
export function readClaims(
  key: string,
  signature: string,
  { appId, videoId, now }: { appId: string; videoId: string; now: number },
): PlayerClaims | null {
  const claims = PAYLOAD.safeParse(readPlayerSignature(key, signature)).data;
  if (!claims || claims.appId !== appId || claims.fileId !== videoId) return null;
  return now <= endOf(claims) ? claims : null;
}

/** ms since the epoch. Without a time of its own the older form is good for a day, the later one for ever. */
function endOf({ expireTimeStamp, currentTimeStamp, contentInfo }: PlayerClaims): number {
  if (expireTimeStamp !== undefined) return expireTimeStamp * 1000;
  return contentInfo ? Number.POSITIVE_INFINITY : (currentTimeStamp + DAY_S) * 1000;
}

/** Later than any time that somebody signs, for claims that name no end. */
const NEVER = 'ffffffff';

/** What the addresses carry that are given for a signature. */
export function accessOfClaims({ urlAccessInfo }: PlayerClaims): PlayAccess {
  const { t = NEVER, exper, rlimit, us } = urlAccessInfo;
  return { t, exper: exper?.toString(), rlimit: rlimit?.toString(), us };
}

/** For how long keys are given out for a signature: as long as its addresses play, else as long as it holds, else for a day. */
export function tokenAccessOf(claims: PlayerClaims, now: number): PlayAccess {
  const { urlAccessInfo, expireTimeStamp } = claims;
  const end = expireTimeStamp ?? Math.floor(now / 1000) + DAY_S;
  return { t: urlAccessInfo.t ?? end.toString(16) };
}
