import type { FastifyInstance } from 'fastify';

/** Nobody takes an answer for something else than its Content-Type says. */
export const NO_SNIFFING = { 'X-Content-Type-Options': 'nosniff' } as const;

/** For answers that do not say better: no page of others shows them in a frame. */
const NO_FRAMES = "frame-ancestors 'none'";

/** Headers of every answer that Fastify sends. Calls and media, which are sent by hand, have their own. */
export function addAnswerHeaders(app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(NO_SNIFFING);
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', NO_FRAMES);
  });
}
