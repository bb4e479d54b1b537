import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../common/clocks/clock.ts';
import { NotFoundError, type ObjectStore } from '../../storage/index.ts';
import { type FileId, type Links, objectKeyOf } from './links.ts';

export interface RouteDeps {
  store: ObjectStore;
  links: Links;
  clock: Clock;
  /** None is, when it is left out. */
  isSwitchedOff?: ((appId: string) => boolean | Promise<boolean>) | undefined;
}

interface Asked {
  Params: { appId: string; kind: FileId['kind']; name: string };
  Querystring: { t?: string; sign?: string };
}

/** `GET /statistics/<appId>/<kind>/<name>?t=…&sign=…`: 403 for an address that we did not make, or whose time is over. */
export function registerRoutes(app: FastifyInstance, { store, links, clock, ...deps }: RouteDeps): void {
  app.get<Asked>(
    '/statistics/:appId(^\\d{1,20}$)/:kind(^(?:access|plays)$)/:name(^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$)',
    async (request, reply) => {
      const { appId, kind, name } = request.params;
      const { t, sign } = request.query;
      const file = { appId, kind, name };
      reply.header('Cache-Control', 'no-store').header('X-Content-Type-Options', 'nosniff');
      if (!(await links.isGood(file, String(t), String(sign), clock()))) return reply.code(403).send();
      if (await deps.isSwitchedOff?.(appId)) return reply.code(403).send();
      const key = objectKeyOf(file);
      const info = await store.head(key);
      if (!info) return reply.code(404).send();
      reply
        .header('Content-Type', 'application/gzip')
        .header('Content-Length', info.size)
        .header('Content-Disposition', `attachment; filename="${name}"`);
      if (request.method === 'HEAD') return reply.send('');
      try {
        return reply.send(await store.read(key));
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
        return reply.removeHeader('Content-Length').code(404).send();
      }
    },
  );
}
