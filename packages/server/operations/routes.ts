import type { Registry } from '@prometheus-io/client';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '../common/log.ts';

/** A part that the service cannot do without, e.g. the database; `check` rejects when it is out of reach. */
export interface Dependency {
  name: string;
  check(): Promise<void>;
}

const CHECK_TIMEOUT_MS = 3_000;

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
    const failing = (await Promise.all(deps.dependencies.map((one) => problemWith(one, deps.log)))).filter(
      Boolean,
    );
    return failing.length === 0
      ? { status: 'ready' }
      : reply.code(503).send({ status: 'not ready', failing });
  });

  const { registry } = deps;
  if (registry === null) return;
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}

/** The dependency's name when it does not answer in time; the reason goes to the log, not to strangers. */
async function problemWith(dependency: Dependency, log: Logger): Promise<string | null> {
  try {
    await Promise.race([dependency.check(), timeout()]);
    return null;
  } catch (error) {
    log.warn({ err: error, dependency: dependency.name }, 'dependency out of reach');
    return dependency.name;
  }
}

function timeout(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer in ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS).unref();
  });
}
