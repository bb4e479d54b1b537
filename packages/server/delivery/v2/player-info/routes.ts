import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Addresses } from '../../../common/addresses.ts';
import type { Clock } from '../../../common/clocks/clock.ts';
import type { Logger } from '../../../common/log.ts';
import { type Database, faultLevel } from '../../../database/index.ts';
import type { Encryption } from '../../../encryption/index.ts';
import type { Video } from '../../../library/index.ts';
import { domainOf } from '../../client.ts';
import { tokenFor } from '../../key-server/issue.ts';
import type { DeliveryLibrary } from '../../library.ts';
import type { ProtectionRules, RulesOf } from '../../protection/rules.ts';
import { queryOfVideo } from '../../protection/sign.ts';
import type { IsSwitchedOff } from '../../switched-off.ts';
import { accessOfClaims, type PlayerClaims, tokenAccessOf } from '../player-claims.ts';
import { accessOfV2, checkPreview, claimsOf } from './ask.ts';
import { contentOfConfiguration } from './configuration.ts';
import { playableVideo } from './playable.ts';
import { PlayerRefusal, REFUSED } from './refusal.ts';
import { playInfoV2 } from './view-v2.ts';
import { playInfoV4 } from './view-v4.ts';

export interface PlayerInfoDeps {
  database: Database;
  library: DeliveryLibrary;
  addresses: Addresses;
  encryption: Pick<Encryption, 'tokens'>;
  rulesOf: RulesOf;
  isSwitchedOff: IsSwitchedOff;
  clock: Clock;
  log: Logger;
}

interface Route {
  Params: { appId: string; fileId: string };
  Querystring: { psign?: unknown; pcfg?: unknown };
}

/** `/getplayinfo/v2/<appId>/<fileId>` and `/v4/`: what players ask before they play (docs/wire/delivery.md, Player information). */
export function registerPlayerInfo(app: FastifyInstance, deps: PlayerInfoDeps): void {
  const { database, library, addresses, rulesOf, isSwitchedOff, clock, log } = deps;

  async function find({ appId, fileId }: Route['Params'], notFound: number): Promise<Video> {
    const video = await library.videos.find(database.db, fileId);
    if (!video || video.appId !== appId || (await isSwitchedOff(appId))) {
      throw new PlayerRefusal(notFound, 'there is no such video');
    }
    return video;
  }

  /** What holds where addresses lead to. */
  function rulesFor(appId: string): ProtectionRules | Promise<ProtectionRules> {
    return rulesOf(appId, domainOf(new URL(addresses.of('')).host));
  }

  /** @param claims what admits to what is encrypted; null: nothing does */
  async function playable(video: Video, query: string, claims: PlayerClaims | null) {
    const { appId, id } = video;
    const outputs = await library.outputs.of(database.db, appId, id);
    const marks = await library.marks.of(database.db, id);
    const now = clock();
    const { tokens } = deps.encryption;
    const token = claims
      ? tokenFor({ tokens, addresses, now }, video, outputs, tokenAccessOf(claims, now))
      : '';
    return playableVideo(video, { outputs, marks }, { query, token }, addresses);
  }

  async function answerV2({ params, raw }: FastifyRequest<Route>): Promise<object> {
    const { key } = await rulesFor(params.appId);
    const asked = { appId: params.appId, videoId: params.fileId, now: clock() };
    const access = key === null ? null : accessOfV2(key, raw.url!, asked);
    const video = await find(params, REFUSED.notFoundV2);
    if (access) checkPreview(access, video.durationMs);
    const query = key && access ? queryOfVideo(key, video, access) : '';
    return playInfoV2(await playable(video, query, null));
  }

  async function answerV4({ params, query }: FastifyRequest<Route>): Promise<object> {
    const rules = await rulesFor(params.appId);
    const asked = { appId: params.appId, videoId: params.fileId, now: clock() };
    const psign = onlyOne('psign', query.psign);
    const pcfg = onlyOne('pcfg', query.pcfg);
    const claims = claimsOf(rules, psign, asked);
    const video = await find(params, REFUSED.notFound);
    const access = claims && accessOfClaims(claims);
    if (access) checkPreview(access, video.durationMs);
    const carried = rules.key !== null && access ? queryOfVideo(rules.key, video, access) : '';
    const found = await playable(video, carried, claims);
    if (found.isEncrypted && !claims) {
      throw new PlayerRefusal(REFUSED.psign, 'psign is missing: the video is encrypted');
    }
    return playInfoV4(found, claims?.contentInfo ?? contentOfConfiguration(claims?.pcfg ?? pcfg));
  }

  /** @throws PlayerRefusal for a parameter that stands there twice */
  function onlyOne(name: string, value: unknown): string | null {
    if (value === undefined || typeof value === 'string') return value ?? null;
    throw new PlayerRefusal(REFUSED.malformed, `${name} stands there twice`);
  }

  /** 200 in any case: players read the body (docs/wire/delivery.md, Player information). */
  function answering(answer: (request: FastifyRequest<Route>) => Promise<object>) {
    return async (request: FastifyRequest<Route>, reply: FastifyReply) => {
      reply.headers({
        'access-control-allow-origin': '*',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      const requestId = String(request.id);
      try {
        return { code: 0, message: '', requestId, ...(await answer(request)) };
      } catch (error) {
        const refusal = refusalOf(error, request);
        return { code: refusal.code, message: refusal.message, requestId };
      }
    };
  }

  function refusalOf(error: unknown, { id, params }: FastifyRequest<Route>): PlayerRefusal {
    if (error instanceof PlayerRefusal) {
      log.debug(
        { requestId: id, ...params, code: error.code, reason: error.message },
        'player information refused',
      );
      return error;
    }
    log[faultLevel(error)]({ err: error, requestId: id }, 'player information failed');
    return new PlayerRefusal(REFUSED.serverFailed, 'the server failed; try again later');
  }

  app.get<Route>('/getplayinfo/v2/:appId/:fileId', answering(answerV2));
  app.get<Route>('/getplayinfo/v4/:appId/:fileId', answering(answerV4));
}
