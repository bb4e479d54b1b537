import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ByteBudget } from '../common/bounds/byte-budget.ts';
import type { ActionHandler } from '../common/v2/handler.ts';
import { LIMITS } from './config.ts';
import { isEncrypted } from './head.ts';
import { Pipeline, type PipelineDeps } from './pipeline.ts';
import { V2_PATHS, v2Protocols } from './protocols/v2/index.ts';

export type { GatewayConfig } from './config.ts';
export type { DropReason } from './connections.ts';
export { createListeners, type Listeners, type ListenersConfig } from './listeners.ts';
export type { Answered } from './pipeline.ts';
export { openNonceStore } from './replay/open.ts';
export type { NonceStore } from './replay/store.ts';

export type GatewayDeps = Omit<PipelineDeps, 'protocols'> & { v2: readonly ActionHandler[] };

/** Lets `app` answer API calls on the contract's paths. */
export function registerGateway(app: FastifyInstance, { v2, ...deps }: GatewayDeps): void {
  const { config, log } = deps;
  const { formBytes, formTimeoutMs, formMemoryBytes } = { ...LIMITS, ...config.limits };
  const protocols = v2Protocols(v2, {
    signedHosts: config.signedHosts,
    requireHttps: config.requireHttps,
    isEncrypted: (request) => isEncrypted(request, config.trustProxy),
    collecting: { maxBytes: formBytes, timeoutMs: formTimeoutMs, memory: new ByteBudget(formMemoryBytes) },
  });
  const pipeline = new Pipeline({ ...deps, protocols });
  // In onRequest, because after it Fastify would judge the Content-Type, which nobody here trusts, and the body.
  const onRequest = (request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack();
    pipeline.serve(request.raw, reply.raw).catch((error: unknown) => {
      // Not even a refusal could be sent. One broken connection must not end the process.
      log.error({ err: error }, 'a call was not answered');
      reply.raw.destroy();
    });
  };
  for (const url of V2_PATHS) app.all(url, { onRequest }, () => {});
}
