import type { Registry } from '@prometheus-io/client';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '../common/log.ts';
import { type Dependency, readinessOf } from './readiness.ts';

/** `/healthz` (the process answers), `/readyz` (its dependencies do too, else 503), `/metrics` (Prometheus). */
export function registerOperations(
  app: FastifyInstance,
  deps: {
    dependencies: Dependency[];
    /** Null when `/metrics` has a port of its own. */
    registry: Registry | null;
    log: Logger;
  },
): void {
  app.get('/healthz', async () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const { ready, checks, failing } = await readinessOf(deps.dependencies, deps.log);
    return ready
      ? { status: 'ready', checks }
      : reply.code(503).send({ status: 'not ready', failing, checks });
  });

  const { registry } = deps;
  if (registry === null) return;
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
