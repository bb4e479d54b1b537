import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Database } from '../../database/index.ts';
import type { DeliveryLibrary } from '../library.ts';
import type { IsSwitchedOff } from '../switched-off.ts';
import { loadAssets } from './assets.ts';
import { pagePolicy, playerPage } from './page.ts';
import { type Playback, playbackOf } from './playback.ts';
import { textsFor } from './texts.ts';

interface PlayerDeps {
  database: Database;
  library: DeliveryLibrary;
  isSwitchedOff: IsSwitchedOff;
}

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
  { database, library, isSwitchedOff }: PlayerDeps,
  loading: ReturnType<typeof loadAssets>,
  { path, isEmbedded }: { path: string; isEmbedded: boolean },
): void {
  async function find(id: string): Promise<Playback | null> {
    const video = await library.videos.find(database.db, id);
    if (!video || (await isSwitchedOff(video.appId))) return null;
    return playbackOf(video, await library.outputs.of(database.db, video.appId, video.id));
  }

  app.get<{ Params: { id: string } }>(`${path}/:id`, async (request, reply) => {
    const [playback, assets] = [await find(request.params.id), await loading];
    const texts = textsFor(request.headers['accept-language']);
    const page = playerPage(
      playback?.title ?? texts.missingTitle,
      `assets/${assets.version}`,
      texts,
      isEmbedded,
    );
    return secured(reply)
      .code(playback ? 200 : 404)
      .headers({
        'content-security-policy': pagePolicy({ isEmbedded }),
        vary: 'Accept-Language',
        'cache-control': 'no-cache',
      })
      .type('text/html; charset=utf-8')
      .send(page);
  });

  app.get<{ Params: { id: string } }>(`${path}/:id/info.json`, async (request, reply) => {
    const playback = await find(request.params.id);
    secured(reply).header('cache-control', 'no-cache');
    return playback ?? reply.code(404).send({ state: 'missing' });
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

function secured(reply: FastifyReply): FastifyReply {
  return reply.headers({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' });
}
