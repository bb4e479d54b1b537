import type { IncomingMessage } from 'node:http';
import type { PlayAccess } from '@openvod/contract/v2/signature/play-address.ts';
import type { Addresses } from '../../common/addresses.ts';
import type { Clock } from '../../common/clocks/clock.ts';
import type { KeyTokens } from '../../encryption/index.ts';
import type { Output, Video } from '../../library/index.ts';
import { clientOf, domainOf, hostOf } from '../client.ts';
import { tokenFor } from '../key-server/issue.ts';
import { signedOf } from '../protection/key.ts';
import { mayPlay } from '../protection/referer.ts';
import type { RulesOf } from '../protection/rules.ts';
import { accessOfPage, queryOfVideo } from '../protection/sign.ts';
import type { Viewers } from '../protection/viewers.ts';

/** What the addresses of a video may carry by a player signature that is good `now`, ms since the epoch; null when it is not. */
export type ReadSignature = (
  key: string,
  signature: string,
  of: { appId: string; videoId: string; now: number },
) => PlayAccess | null;

export interface PageAccessDeps {
  readSignature: ReadSignature;
  rulesOf: RulesOf;
  viewers: Viewers;
  tokens: KeyTokens;
  addresses: Addresses;
  clock: Clock;
  trustProxy: boolean;
}

/**
 * Decides for a player page what the addresses carry that it plays, a query without `?`: they are signed for who asks. Empty
 * where there is no Key protection; null when the page may not play the video.
 */
export async function pageQuery(
  { rulesOf, viewers, clock, trustProxy, readSignature }: PageAccessDeps,
  { video, request, signature }: { video: Video; request: IncomingMessage; signature: string | null },
): Promise<string | null> {
  const { key, playKey, openPage } = await rulesOf(video.appId, domainOf(hostOf(request, trustProxy)));
  if (key === null) return '';
  if (signature !== null) {
    const of = { appId: video.appId, videoId: video.id, now: clock() };
    const access = readSignature(playKey ?? key, signature, of);
    return access && queryOfVideo(key, video, access);
  }
  if (!openPage) return null;
  const query = queryOfVideo(key, video, accessOfPage(video.durationMs, clock()));
  // Who asked is one of those who may: an address that is handed on plays for few others.
  const signed = signedOf(`?${query}`);
  if (typeof signed !== 'string') viewers.admit(signed.sign, clientOf(request, trustProxy), 1);
  return query;
}

/**
 * The token with which the player that a page shows gets keys of the service's own key server; empty when Key protection says who
 * gets them, when others give them out, or when the page may not play what is encrypted.
 */
export async function pageToken(
  deps: PageAccessDeps,
  { video, request, signature }: { video: Video; request: IncomingMessage; signature: string | null },
  outputs: readonly Output[],
): Promise<string> {
  const { rulesOf, clock, trustProxy, readSignature } = deps;
  const { key, playKey, openPage } = await rulesOf(video.appId, domainOf(hostOf(request, trustProxy)));
  const now = clock();
  const access = () => {
    if (key !== null) return null;
    if (signature === null) return openPage ? accessOfPage(video.durationMs, now) : null;
    return playKey && readSignature(playKey, signature, { appId: video.appId, videoId: video.id, now });
  };
  const granted = access();
  return granted ? tokenFor({ ...deps, now }, video, outputs, granted) : '';
}

/** Whether the page that shows an embeddable player in a frame may. */
export async function mayEmbed(
  { rulesOf, trustProxy }: PageAccessDeps,
  { video, request }: { video: Video; request: IncomingMessage },
): Promise<boolean> {
  const host = hostOf(request, trustProxy);
  const { referer } = await rulesOf(video.appId, domainOf(host));
  return mayPlay(referer, request.headers.referer ?? '', host);
}
