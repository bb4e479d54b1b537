import type { PlayAccess } from '@openvod/contract/v2/signature/play-address.ts';
import type { Addresses } from '../../common/addresses.ts';
import type { KeyTokens } from '../../encryption/index.ts';
import { encryptionOf, type Output, type Video } from '../../library/index.ts';
import { isOwnKeyServer } from './key-server.ts';

/** Whether keys of a video are given out by the service's own key server. */
function needsToken(outputs: readonly Output[], addresses: Addresses): boolean {
  return outputs.some((output) => {
    const encryption = encryptionOf(output);
    return encryption !== null && isOwnKeyServer(encryption.keyUrl, addresses);
  });
}

/** A token for whoever may play a video as long as `access` says; empty when its keys are given out by others, who know nothing of it. */
export function tokenFor(
  { tokens, addresses, now }: { tokens: KeyTokens; addresses: Addresses; now: number },
  video: Pick<Video, 'id' | 'appId'>,
  outputs: readonly Output[],
  access: PlayAccess,
): string {
  if (!needsToken(outputs, addresses)) return '';
  const endsAt = Number.parseInt(access.t, 16) * 1000;
  return tokens.issue({ appId: video.appId, videoId: video.id, endsAt }, now);
}
