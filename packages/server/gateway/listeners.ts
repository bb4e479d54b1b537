import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from '../common/log.ts';
import { addAnswerHeaders } from './answer-headers.ts';
import { answerClientError, answerFrameworkError, handleFaults } from './faults.ts';
import { readCertificate, type TlsConfig } from './tls.ts';

export interface ListenersConfig extends TlsConfig {
  /** Address to listen on. */
  host: string;
  /** Of the plain listener; 0 takes a free one. */
  port: number;
  tlsPort: number;
}

export interface Listeners {
  /** Where every room registers its routes, before `listen`. */
  app: FastifyInstance;
  /** Opens the plain listener, and the TLS one when there is a certificate; resolves to their ports. */
  listen(): Promise<{ port: number; tlsPort: number | null }>;
  /** Takes no more connections and resolves when the running requests have been answered, or cut off after 10 s. */
  close(): Promise<void>;
}

const SERVER_OPTIONS: http.ServerOptions = {
  // 64 KiB for the request line, the rest for headers (docs/wire/calls.md, Where parameters are).
  maxHeaderSize: 96 * 1024,
  // From connecting to the end of the headers; bodies have limits of their own, as uploads may take long.
  headersTimeout: 20_000,
  requestTimeout: 0,
  connectionsCheckingInterval: 5000,
  keepAliveTimeout: 65_000,
  // Whoever sends no Host is served like localhost.
  requireHostHeader: false,
  // A request without a body needs no stream to tell so: a sixth less work for each GET.
  optimizeEmptyRequests: true,
};

const CLOSE_GRACE_MS = 10_000;

/** One Fastify instance behind a plain and a TLS listener. Throws when a certificate file cannot be read. */
export async function createListeners(config: ListenersConfig, log: Logger): Promise<Listeners> {
  const certificate = await readCertificate(config);
  const app = Fastify({
    serverFactory: (handler: RequestListener) => http.createServer(SERVER_OPTIONS, handler),
    clientErrorHandler: (error, socket) => answerClientError(log, error, socket),
    frameworkErrors: (error, request, reply) => answerFrameworkError(log, error, request, reply),
    logger: false,
  });
  addAnswerHeaders(app);
  handleFaults(app, log);
  let secure: https.Server | null = null;

  return {
    app,
    async listen() {
      await app.listen({ host: config.host, port: config.port });
      if (certificate) {
        const options = { ...SERVER_OPTIONS, ...certificate };
        secure = https.createServer(options, (request, response) => app.routing(request, response));
        secure.on('clientError', (error, socket) => answerClientError(log, error, socket));
        secure.listen(config.tlsPort, config.host);
        await once(secure, 'listening');
      }
      return { port: portOf(app.server), tlsPort: secure ? portOf(secure) : null };
    },
    async close() {
      const servers = secure ? [app.server, secure] : [app.server];
      // A connection that was busy when the closing began stays open after its answer, until a client hangs up.
      const hangingUp = setInterval(() => {
        for (const server of servers) server.closeIdleConnections();
      }, 50);
      const cuttingOff = setTimeout(() => {
        for (const server of servers) server.closeAllConnections();
      }, CLOSE_GRACE_MS);
      try {
        const closed = secure && once(secure, 'close');
        secure?.close();
        await app.close();
        await closed;
      } finally {
        clearInterval(hangingUp);
        clearTimeout(cuttingOff);
      }
    },
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
