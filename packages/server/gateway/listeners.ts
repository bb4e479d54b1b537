import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from '../common/log.ts';
import { addAnswerHeaders } from './answer-headers.ts';
import { LIMITS } from './config.ts';
import { type Connections, connectionBound, type DropReason, guardConnections } from './connections.ts';
import { answerClientError, answerFrameworkError, answerTooMany, handleFaults } from './faults.ts';
import { readCertificate, type TlsConfig } from './tls.ts';
import { inTurn } from './turns.ts';

export interface ListenersConfig extends TlsConfig {
  /** Address to listen on. */
  host: string;
  /** Of the plain listener; 0 takes a free one. */
  port: number;
  tlsPort: number;
  /** Of each listener; less where the process may not open so many files. */
  maxConnections: number;
  /** For tests; `LIMITS` when left out. */
  limits?: Partial<typeof LIMITS>;
}

export interface Listeners {
  /** Where every room registers its routes, before `listen`. */
  app: FastifyInstance;
  /** How many connections are open. */
  connections(): number;
  /** `came` is called for each connection that is opened. */
  onConnection(came: () => void): void;
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

/** From connecting to the end of the TLS handshake. */
const HANDSHAKE_MS = 20_000;
const CLOSE_GRACE_MS = 10_000;
/**
 * Connections that wait to be accepted: when some hundreds come in one moment, those beyond would be dropped by the system, and
 * tried again by their clients after seconds. The system may allow fewer (`net.core.somaxconn`).
 */
const BACKLOG = 4096;

/**
 * One Fastify instance behind a plain and a TLS listener; what connections may hold is bounded for every route.
 * Throws when a certificate file cannot be read.
 */
export async function createListeners(
  config: ListenersConfig,
  log: Logger,
  /** Told of each connection that is ended because of a bound. */
  onDropped: (reason: DropReason) => void = () => {},
): Promise<Listeners> {
  const certificate = await readCertificate(config);
  const { stallMs, waitingRequests } = { ...LIMITS, ...config.limits };
  const max = connectionBound(config.maxConnections, certificate ? 2 : 1);
  if (max < config.maxConnections) {
    log.warn({ maxConnections: max }, 'fewer connections than set: this process may not open more files');
  }
  /** bounded by: rooms, at start */
  const opened: (() => void)[] = [];
  const onOpened = () => {
    for (const came of opened) came();
  };
  const connections: Connections = { open: 0, onOpened, onDropped };
  const inTurns = (handler: RequestListener) =>
    inTurn(handler, waitingRequests, (socket) => {
      onDropped('pipelined');
      answerTooMany(log, socket);
    });
  const guarded = <T extends http.Server>(server: T): T => {
    guardConnections(server, { max, stallMs, log, connections });
    return server;
  };
  const app = Fastify({
    serverFactory: (handler: RequestListener) => guarded(http.createServer(SERVER_OPTIONS, inTurns(handler))),
    clientErrorHandler: (error, socket) => answerClientError(log, error, socket),
    frameworkErrors: (error, request, reply) => answerFrameworkError(log, error, request, reply),
    logger: false,
  });
  addAnswerHeaders(app);
  handleFaults(app, log);
  let secure: https.Server | null = null;

  return {
    app,
    connections: () => connections.open,
    onConnection(came) {
      opened.push(came);
    },
    async listen() {
      await app.listen({ host: config.host, port: config.port, backlog: BACKLOG });
      if (certificate) {
        const options = { ...SERVER_OPTIONS, ...certificate, handshakeTimeout: HANDSHAKE_MS };
        const handler = inTurns((request, response) => app.routing(request, response));
        secure = guarded(https.createServer(options, handler));
        secure.on('clientError', (error, socket) => answerClientError(log, error, socket));
        secure.listen({ port: config.tlsPort, host: config.host, backlog: BACKLOG });
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
