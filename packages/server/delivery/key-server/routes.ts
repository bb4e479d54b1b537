import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Addresses } from '../../common/addresses.ts';
import type { Clock } from '../../common/clocks/clock.ts';
import type { Logger } from '../../common/log.ts';
import { type Database, faultLevel } from '../../database/index.ts';
import type { Encryption } from '../../encryption/index.ts';
import { clientOf, domainOf, hostOf } from '../client.ts';
import type { DeliveryLibrary } from '../library.ts';
import { signedOf, whyNot } from '../protection/key.ts';
import { mayPlay } from '../protection/referer.ts';
import type { RulesOf } from '../protection/rules.ts';
import type { Viewers } from '../protection/viewers.ts';
import type { IsSwitchedOff } from '../switched-off.ts';
import { KEY_SERVER_PATH } from './key-server.ts';

interface KeyServerDeps {
  database: Database;
  library: Pick<DeliveryLibrary, 'videos'>;
  addresses: Addresses;
  encryption: Pick<Encryption, 'keys' | 'tokens'>;
  rulesOf: RulesOf;
  viewers: Viewers;
  isSwitchedOff: IsSwitchedOff;
  clock: Clock;
  trustProxy: boolean;
  log: Logger;
}

interface Route {
  Querystring: Partial<Record<'edk' | 'fileId' | 'token', unknown>>;
}

interface Owner {
  appId: string;
  videoId: string;
}

/**
 * The service's own key server: 16 bytes for who may play (docs/wire/encryption.md, EXT-X-KEY). That is who has a token of ours for
 * the video, or an address that Key protection has signed; where there is neither, nobody.
 */
export function registerKeyServer(app: FastifyInstance, deps: KeyServerDeps): void {
  const { database, library, addresses, encryption, rulesOf, viewers, clock, trustProxy, log } = deps;

  /** Why a request is refused; null: it is not. */
  async function whyRefused({ raw, query }: FastifyRequest<Route>, owner: Owner): Promise<string | null> {
    const { appId, videoId } = owner;
    const host = hostOf(raw, trustProxy);
    const { key, referer } = await rulesOf(appId, domainOf(host));
    if (!mayPlay(referer, raw.headers.referer ?? '', host)) return 'its page may not play it';
    const now = clock();
    if (typeof query.token === 'string' && encryption.tokens.admits(query.token, { ...owner, now }))
      return null;
    if (key === null) return 'it has no token that is good';
    const signed = signedOf(raw.url!);
    if (typeof signed === 'string') return signed;
    const above = new URL(addresses.of('')).pathname.replace(/\/+$/, '');
    const wrong = whyNot(key, `/vod${appId}/${videoId}/`, signed, now, above);
    if (wrong !== null) return wrong;
    const isOneMore =
      signed.viewers !== null && !viewers.admit(signed.sign, clientOf(raw, trustProxy), signed.viewers);
    return isOneMore ? 'too many clients have played it' : null;
  }

  async function ownerOf({ query }: FastifyRequest<Route>): Promise<Owner | null> {
    const { edk, fileId } = query;
    if (typeof edk !== 'string' || typeof fileId !== 'string') return null;
    const owner = await encryption.keys.ownerOf(edk);
    if (owner?.videoId !== fileId) return null;
    const video = await library.videos.find(database.db, fileId);
    return video?.appId === owner.appId && !(await deps.isSwitchedOff(owner.appId)) ? owner : null;
  }

  async function answer(request: FastifyRequest<Route>, reply: FastifyReply): Promise<FastifyReply> {
    const owner = await ownerOf(request);
    if (!owner) return reply.code(404).send();
    const reason = await whyRefused(request, owner);
    if (reason !== null) {
      log.debug({ requestId: request.id, fileId: owner.videoId, reason }, 'a key was refused');
      return reply.code(403).send();
    }
    const [key] = await encryption.keys.open(owner.appId, [request.query.edk as string]);
    reply.raw.once('close', () => key!.bytes.fill(0));
    return reply.type('application/octet-stream').send(key!.bytes);
  }

  app.get<Route>(`/${KEY_SERVER_PATH}`, async (request, reply) => {
    reply.headers({
      'access-control-allow-origin': '*',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    });
    try {
      return await answer(request, reply);
    } catch (error) {
      log[faultLevel(error)]({ err: error, requestId: request.id }, 'a key could not be given');
      return reply.code(503).send();
    }
  });
}
