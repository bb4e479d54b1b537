import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../../database/index.ts';
import type { DeliveryLibrary } from '../library.ts';
import type { IsSwitchedOff } from '../switched-off.ts';
import { loadAssets } from './assets.ts';
import { pagePolicy, playerPage } from './page.ts';
import { mayEmbed, type PageAccessDeps, pageQuery, pageToken } from './page-access.ts';
import { keyOriginsOf, type Playback, playbackOf } from './playback.ts';
import { textsFor } from './texts.ts';

interface PlayerDeps extends PageAccessDeps {
  database: Database;
  library: DeliveryLibrary;
  isSwitchedOff: IsSwitchedOff;
}

interface PageRoute {
  Params: { id: string };
  Querystring: { psign?: unknown };
}

type PageRequest = FastifyRequest<PageRoute>;

interface Found {
  playback: Playback | 'missing' | 'forbidden';
  /** Where its player fetches keys. */
  keyOrigins: readonly string[];
}

const FORBIDDEN: Found = { playback: 'forbidden', keyOrigins: [] };

/** `/play/<fileId>`, and `/embed/<fileId>` for the frames of other pages. */
export function registerPlayer(app: FastifyInstance, deps: PlayerDeps): void {
  const loading = loadAssets();
  // Told of by the first request for a page, not by a crash before anybody listens.
  loading.catch(() => {});
  registerPage(app, deps, loading, { path: '/play', isEmbedded: false });
  registerPage(app, deps, loading, { path: '/embed', isEmbedded: true });
}

/** A page below `path`, what it asks for, and its files. */
function registerPage(
  app: FastifyInstance,
  deps: PlayerDeps,
  loading: ReturnType<typeof loadAssets>,
  { path, isEmbedded }: { path: string; isEmbedded: boolean },
): void {
  const { database, library, isSwitchedOff } = deps;

  async function find({ params, query, raw }: PageRequest): Promise<Found> {
    const video = await library.videos.find(database.db, params.id);
    if (!video || (await isSwitchedOff(video.appId))) return { playback: 'missing', keyOrigins: [] };
    const signature = typeof query.psign === 'string' ? query.psign : null;
    const asked = { video, request: raw, signature };
    const carried = await pageQuery(deps, asked);
    if (carried === null) return FORBIDDEN;
    const outputs = await library.outputs.of(database.db, video.appId, video.id);
    const token = await pageToken(deps, asked, outputs);
    return {
      playback: playbackOf(video, outputs, { query: carried, token }),
      keyOrigins: keyOriginsOf(outputs),
    };
  }

  /** Whether an embeddable player may be shown where it is. */
  async function mayShow({ params, raw }: PageRequest): Promise<boolean> {
    const video = isEmbedded ? await library.videos.find(database.db, params.id) : null;
    return video === null || mayEmbed(deps, { video, request: raw });
  }

  app.get<PageRoute>(`${path}/:id`, async (request, reply) => {
    const { playback, keyOrigins } = (await mayShow(request)) ? await find(request) : FORBIDDEN;
    const assets = await loading;
    const texts = textsFor(request.headers['accept-language']);
    const page = playerPage(
      typeof playback === 'string' ? texts[`${playback}Title`] : playback.title,
      `assets/${assets.version}`,
      texts,
      isEmbedded,
    );
    return secured(reply)
      .code(statusOf(playback))
      .headers({
        'content-security-policy': pagePolicy({ isEmbedded, keyOrigins }),
        vary: 'Accept-Language',
        'cache-control': 'no-cache',
      })
      .type('text/html; charset=utf-8')
      .send(page);
  });

  app.get<PageRoute>(`${path}/:id/info.json`, async (request, reply) => {
    const { playback } = await find(request);
    // It may hold a signature, which is for nobody else.
    secured(reply).code(statusOf(playback)).header('cache-control', 'private, no-cache');
    return typeof playback === 'string' ? { state: playback } : playback;
  });

  // Whatever version is asked for: a page that was loaded before an update still finds its files.
  app.get<{ Params: { name: string } }>(`${path}/assets/:version/:name`, async (request, reply) => {
    const asset = (await loading).get(request.params.name);
    if (!asset) return secured(reply).code(404).send({ state: 'missing' });
    const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    if (zipped) reply.header('content-encoding', 'gzip');
    return secured(reply)
      .headers({ 'cache-control': 'public, max-age=31536000, immutable', vary: 'Accept-Encoding' })
      .type(asset.type)
      .send(zipped ? asset.gzipped : asset.bytes);
  });
}

function statusOf(playback: Playback | 'missing' | 'forbidden'): number {
  if (playback === 'missing') return 404;
  return playback === 'forbidden' ? 403 : 200;
}

function secured(reply: FastifyReply): FastifyReply {
  return reply.headers({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' });
}
