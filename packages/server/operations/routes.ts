import type { Registry } from '@prometheus-io/client';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '../common/log.ts';
import { type Dependency, readinessOf } from './readiness.ts';

/** `/healthz` (the process answers), `/readyz` (its dependencies do too, else 503), `/metrics` (Prometheus). */
export function registerOperations(
  app: FastifyInstance,
  deps: { dependencies: Dependency[]; registry: Registry; log: Logger },
): void {
  app.get('/healthz', async () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const { ready, checks, failing } = await readinessOf(deps.dependencies, deps.log);
    return ready
      ? { status: 'ready', checks }
      : reply.code(503).send({ status: 'not ready', failing, checks });
  });

  app.get('/metrics', async (_request, reply) =>
    reply.type(deps.registry.contentType).send(await deps.registry.metrics()),
  );
}
