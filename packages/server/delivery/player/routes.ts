import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Database } from '../../database/index.ts';
import type { DeliveryLibrary } from '../library.ts';
import type { IsSwitchedOff } from '../switched-off.ts';
import { loadAssets } from './assets.ts';
import { PAGE_POLICY, playerPage } from './page.ts';
import { type Playback, playbackOf } from './playback.ts';
import { textsFor } from './texts.ts';

/** `/play/<fileId>`, what it asks for, and its files. */
export function registerPlayer(
  app: FastifyInstance,
  {
    database,
    library,
    isSwitchedOff,
  }: { database: Database; library: DeliveryLibrary; isSwitchedOff: IsSwitchedOff },
): void {
  const loading = loadAssets();
  // Told of by the first request for a page, not by a crash before anybody listens.
  loading.catch(() => {});

  async function find(id: string): Promise<Playback | null> {
    const video = await library.videos.find(database.db, id);
    if (!video || (await isSwitchedOff(video.appId))) return null;
    return playbackOf(video, await library.outputs.of(database.db, video.appId, video.id));
  }

  app.get<{ Params: { id: string } }>('/play/:id', async (request, reply) => {
    const [playback, assets] = [await find(request.params.id), await loading];
    const texts = textsFor(request.headers['accept-language']);
    const page = playerPage(playback?.title ?? texts.missingTitle, `assets/${assets.version}`, texts);
    return secured(reply)
      .code(playback ? 200 : 404)
      .headers({
        'content-security-policy': PAGE_POLICY,
        vary: 'Accept-Language',
        'cache-control': 'no-cache',
      })
      .type('text/html; charset=utf-8')
      .send(page);
  });

  app.get<{ Params: { id: string } }>('/play/:id/info.json', async (request, reply) => {
    const playback = await find(request.params.id);
    secured(reply).header('cache-control', 'no-cache');
    return playback ?? reply.code(404).send({ state: 'missing' });
  });

  // Whatever version is asked for: a page that was loaded before an update still finds its files.
  app.get<{ Params: { name: string } }>('/play/assets/:version/:name', async (request, reply) => {
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
