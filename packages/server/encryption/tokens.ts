import { randomBytes } from 'node:crypto';
import { readDrmToken, signDrmToken } from '@openvod/contract/v2/signature/drm-token.ts';
import { z } from 'zod';
import { derivedKey, type MasterKey } from './master-key.ts';
import type { MasterKeys } from './master-keys.ts';

/** Who holds a token may have the key of this video. */
export interface TokenTerms {
  appId: string;
  videoId: string;
  /** ms since the epoch. */
  endsAt: number;
}

export interface KeyTokens {
  /** @throws KeyMissingError */
  issue(terms: TokenTerms, now: number): string;
  /** Whether a token is good for a video now, ms since the epoch. */
  admits(token: string, of: { appId: string; videoId: string; now: number }): boolean;
}

const CLAIMS = z.object({ appId: z.string(), fileId: z.string(), expireTimeStamp: z.number() });

/** Tokens for the service's own key server; what signs them comes of the master keys, so that all nodes take those of each. */
export function createKeyTokens(masterKeys: MasterKeys): KeyTokens {
  return {
    issue({ appId, videoId, endsAt }, now) {
      return signDrmToken(signingKey(masterKeys.requireCurrent()), {
        ...{ appId, fileId: videoId },
        currentTimeStamp: Math.floor(now / 1000),
        expireTimeStamp: Math.floor(endsAt / 1000),
        random: randomBytes(4).readUInt32BE(),
      });
    },
    admits(token, { appId, videoId, now }) {
      return masterKeys.all.some((key) => {
        const claims = CLAIMS.safeParse(readDrmToken(signingKey(key), token)).data;
        return claims?.appId === appId && claims.fileId === videoId && now <= claims.expireTimeStamp * 1000;
      });
    },
  };
}

function signingKey(key: MasterKey): Buffer {
  return derivedKey(key, 'openvod key tokens');
}
