import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Gateway, type GatewayDeps } from './gateway.ts';

export type { GatewayConfig } from './config.ts';
export type { Answered, GatewayDeps } from './gateway.ts';
export { createListeners, type ListenersConfig } from './listeners.ts';
export { openNonceStore } from './replay/open.ts';
export type { NonceStore } from './replay/store.ts';

/** contract/common.yaml, hosts: every path answers every action, on every host. */
const PATHS = ['/v2/index.php', '/v2/interface.php', '/v3/index.php'];

/** Lets `app` answer API calls on the contract's paths. */
export function registerGateway(app: FastifyInstance, deps: GatewayDeps): void {
  const gateway = new Gateway(deps);
  // In onRequest, because after it Fastify would judge the Content-Type, which nobody here trusts, and the body.
  const onRequest = (request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack();
    gateway.serve(request.raw, reply.raw).catch((error: unknown) => {
      // Not even a refusal could be sent. One broken connection must not end the process.
      deps.log.error({ err: error }, 'a call was not answered');
      reply.raw.destroy();
    });
  };
  for (const url of PATHS) app.all(url, { onRequest }, () => {});
}
