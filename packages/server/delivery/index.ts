import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Addresses } from '../common/addresses.ts';
import { TurnBudget } from '../common/bounds/turn-budget.ts';
import type { Clock } from '../common/clocks/clock.ts';
import type { Logger } from '../common/log.ts';
import type { Database } from '../database/index.ts';
import type { Encryption } from '../encryption/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import { AccessLog, type LogReader } from './access-log/access-log.ts';
import type { Access } from './access-log/line.ts';
import { refusal } from './answer.ts';
import { Catalog } from './catalog.ts';
import { clientOf, domainOf, hostOf } from './client.ts';
import { createDeliverer, type Delivered } from './deliver.ts';
import { InFlight } from './in-flight.ts';
import { KEY_SERVER_PATH } from './key-server/key-server.ts';
import { registerKeyServer } from './key-server/routes.ts';
import { withoutToken } from './key-server/token.ts';
import type { DeliveryLibrary } from './library.ts';
import { Memory } from './memory.ts';
import { registerPlayer } from './player/routes.ts';
import { Previews } from './preview/previews.ts';
import { Guard, type Verdict, withToken } from './protection/guard.ts';
import { NO_RULES, type RulesOf } from './protection/rules.ts';
import { Viewers } from './protection/viewers.ts';
import { Shapes } from './shapes.ts';
import { type IsSwitchedOff, unlessSwitchedOff } from './switched-off.ts';
import { accessOfClaims, readClaims } from './v2/player-claims.ts';
import { registerPlayerInfo } from './v2/player-info/routes.ts';

export type { LogListener, LogReader } from './access-log/access-log.ts';
export type { Access } from './access-log/line.ts';
export { parseAccessLine } from './access-log/parse.ts';
export type { ProtectionRules } from './protection/rules.ts';
export { parseTarget } from './target.ts';

/** What all answers write in one turn of the event loop: about a millisecond of the kernel's copying. Bytes. */
const TURN_BYTES = 8 * 1024 ** 2;

export interface DeliveryConfig {
  /** Memory for the slices that are played most, bytes. */
  segmentCacheBytes: number;
  /** Memory for what is on its way to all clients together, bytes. */
  inFlightBytes: number;
  /** Folder of the access log; null: none is written. */
  accessLogDir: string | null;
  /** Whether `X-Forwarded-For` and `X-Forwarded-Host` are believed. */
  trustProxy: boolean;
}

export interface Delivery {
  start(): void;
  /** Writes what the access log still holds. */
  stop(): Promise<void>;
  /** What it holds now. */
  held(): Held;
}

/** Memory of playback, bytes, and how many answers wait for their clients. */
export interface Held {
  inFlightBytes: number;
  waiting: number;
  catalogBytes: number;
  segmentCacheBytes: number;
}

/** Routes of playback: `/vod<appId>/<videoId>/…` straight from the object store, and the player page `/play/<videoId>`. */
export function registerDelivery(
  app: FastifyInstance,
  deps: {
    store: ObjectStore;
    database: Database;
    library: DeliveryLibrary;
    addresses: Addresses;
    encryption: Pick<Encryption, 'keys' | 'tokens'>;
    clock: Clock;
    log: Logger;
    config: DeliveryConfig;
    /** None is, when it is left out. */
    isSwitchedOff?: IsSwitchedOff;
    /** What protects the videos of an application in a domain; nothing does, when it is left out. */
    rulesOf?: RulesOf;
    /** Has a function called for each connection that is opened. */
    onConnection?: (came: () => void) => void;
    /** Told of each request that has ended, with the bytes of its body that were sent. */
    onDelivered?: (bytes: number) => void;
    /** Who counts what the access log says; nobody does when it is left out. */
    logReader?: LogReader | undefined;
  },
): Delivery {
  const { store, library, clock, log, config, onDelivered } = deps;
  const { isSwitchedOff = () => false, rulesOf = () => NO_RULES } = deps;
  const folder = config.accessLogDir;
  const accessLog = folder === null ? null : new AccessLog({ folder, clock, log, reader: deps.logReader });
  const catalog = new Catalog(store, library.outputs.locate);
  const memory = new Memory(config.segmentCacheBytes);
  const shapes = new Shapes(store, new Previews(store), () => deps.addresses.of(KEY_SERVER_PATH));
  const access = { rulesOf, viewers: new Viewers(), clock, trustProxy: config.trustProxy };
  const pathAbove = () => new URL(deps.addresses.of('')).pathname.replace(/\/+$/, '');
  const guard = new Guard({ ...access, pathAbove });
  const inFlight = new InFlight(config.inFlightBytes);
  const turns = new TurnBudget(TURN_BYTES);
  deps.onConnection?.(() => turns.came());
  const deliver = createDeliverer({
    store,
    catalog,
    shapes,
    memory,
    inFlight,
    turns,
    clock,
    log,
    onDelivered(delivered) {
      onDelivered?.(delivered.bytes);
      accessLog?.add(accessOf(delivered, config.trustProxy));
    },
  });

  const serve = unlessSwitchedOff(isSwitchedOff, (request, response) => {
    const asked = withoutToken(request.url!);
    // From here on, also in the access log, the address is that of the file.
    if (asked) request.url = asked.url;
    const answer = (verdict: Verdict) =>
      deliver(request, response, asked ? withToken(verdict, asked.token) : verdict);
    const verdict = guard.judge(request);
    if (!(verdict instanceof Promise)) return answer(verdict);
    verdict.then(answer).catch((error: unknown) => {
      log.error({ err: error }, 'nobody can say who may play: the database does not answer');
      const { status, headers } = refusal(503);
      response.writeHead(status, headers as string[]).end();
    });
  });

  // Hijacked as early as can be: what Fastify does for an answer of its own costs more than ours.
  app.route({
    method: ['GET', 'HEAD'],
    url: '/:folder(^vod\\d+$)/*',
    onRequest(request, reply) {
      reply.hijack();
      serve(request.raw, reply.raw);
    },
    handler() {},
  });
  app.route({
    method: ['OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/:folder(^vod\\d+$)/*',
    onRequest(request, reply) {
      reply.hijack();
      refuse(request.raw, reply.raw);
    },
    handler() {},
  });
  registerPlayer(app, {
    ...{ ...deps, ...access, isSwitchedOff, tokens: deps.encryption.tokens },
    readSignature(key, signature, of) {
      const claims = readClaims(key, signature, of);
      return claims && accessOfClaims(claims);
    },
  });

  registerPlayerInfo(app, { ...deps, rulesOf, isSwitchedOff });
  registerKeyServer(app, { ...deps, ...access, isSwitchedOff });

  return {
    start: () => accessLog?.start(),
    stop: async () => accessLog?.stop(),
    held: () => ({
      inFlightBytes: inFlight.bytes,
      waiting: inFlight.waiting,
      catalogBytes: catalog.bytes + shapes.bytes + guard.bytes,
      segmentCacheBytes: memory.bytes,
    }),
  };
}

const PREFLIGHT = [
  'Access-Control-Allow-Methods',
  'GET, HEAD, OPTIONS',
  'Access-Control-Allow-Headers',
  'Range, If-Range, If-None-Match, If-Modified-Since',
  'Access-Control-Max-Age',
  '86400',
];

/** Answers a CORS preflight, and refuses methods that change something. */
function refuse(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const { status, headers } =
    request.method === 'OPTIONS' ? refusal(204, PREFLIGHT) : refusal(405, ['Allow', 'GET, HEAD, OPTIONS']);
  response.writeHead(status, headers as string[]).end();
}

function accessOf(delivered: Delivered, trustProxy: boolean): Access {
  const { request, status, bytes, startedAt, durationMs, fromMemory } = delivered;
  const { headers, method = '', url = '', httpVersion } = request;
  return {
    startedAt,
    clientIp: clientOf(request, trustProxy),
    domain: domainOf(hostOf(request, trustProxy)),
    path: pathOf(url),
    bytes,
    status,
    referer: refererOf(headers.referer),
    durationMs,
    userAgent: headers['user-agent'] ?? '',
    range: headers.range ?? '',
    method,
    protocol: `HTTP/${httpVersion}`,
    fromMemory,
  };
}

/** Without its query where that is signed: who reads the log could play with it. */
function refererOf(referer = ''): string {
  return /[?&]p?sign=/.test(referer) ? referer.slice(0, referer.indexOf('?')) : referer;
}

/** Copied from a long address, which its slice would keep in memory until the line is written. */
function pathOf(url: string): string {
  const path = url.split('?', 1)[0]!;
  return url.length > 1024 ? Buffer.from(path, 'latin1').toString('latin1') : path;
}
