import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../common/log.ts';
import { DatabaseUnavailable } from '../database/index.ts';
import { NO_SNIFFING } from './answer-headers.ts';
import { faultText } from './protocols/v2/faults.ts';

/**
 * Answers outside of the API: an address that does not exist, a request that Fastify refuses, a route that threw.
 * They have a real HTTP status, and the envelope as their body for clients that only look there.
 */
export function handleFaults(app: FastifyInstance, log: Logger): void {
  app.setNotFoundHandler((request, reply) => {
    const reason = 'there is nothing here';
    log.debug({ method: request.method, status: 404, reason }, 'refused');
    sendFault(reply, 404, reason);
  });
  app.setErrorHandler((error: FaultError, request, reply) => {
    if (error instanceof DatabaseUnavailable) {
      log.debug({ err: error, method: request.method, url: request.routeOptions.url }, 'refused');
      return sendFault(reply.header('retry-after', '1'), 503, 'the service cannot reach its database');
    }
    const status = error.statusCode ?? 500;
    if (status < 500) {
      log.debug({ method: request.method, status, reason: error.message }, 'refused');
      return sendFault(reply, status, error.message);
    }
    log.error({ err: error, method: request.method, url: request.routeOptions.url }, 'a route failed');
    sendFault(reply, status, 'internal error');
  });
}

type FaultError = Error & { statusCode?: number };

/** For what Fastify refuses before it has a route, such as an address with a broken percent-escape. */
export function answerFrameworkError(
  log: Logger,
  error: FaultError,
  request: FastifyRequest,
  reply: Pick<FastifyReply, 'code' | 'header' | 'headers' | 'send'>,
): void {
  const status = error.statusCode ?? 400;
  log.debug({ method: request.method, status, reason: error.message }, 'refused');
  sendFault(reply, status, error.message);
}

function sendFault(
  reply: Pick<FastifyReply, 'code' | 'header' | 'headers' | 'send'>,
  status: number,
  message: string,
): void {
  reply
    .code(status)
    .header('content-type', 'application/json; charset=utf-8')
    .headers(NO_SNIFFING)
    .send(faultText(status, message));
}

/** Answers what Node could not even parse as a request, then closes the connection. */
export function answerClientError(log: Logger, error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegunAnswer(socket)) {
    socket.destroy();
    return;
  }
  const [status, message] = describe(error.code);
  log.debug({ status, reason: message, cause: error.code }, 'refused');
  endWith(socket, status, message);
}

const TOO_MANY = 'too many requests at once on one connection: wait for answers, or use more connections';

/** Ends a connection on which too many requests wait. Those that were not answered can be sent again on another one. */
export function answerTooMany(log: Logger, socket: Duplex): void {
  if (!socket.writable || hasBegunAnswer(socket)) {
    socket.destroy();
    return;
  }
  log.debug({ status: 429, reason: TOO_MANY }, 'refused');
  endWith(socket, 429, TOO_MANY);
}

function endWith(socket: Duplex, status: number, message: string): void {
  const body = faultText(status, message);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${body.length}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  // Not `end` alone: what the requests of a client that does not hang up hold would stay.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function describe(code: string | undefined): [status: number, message: string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return [431, 'the request line and headers are too long: send long requests by POST'];
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, 'the request line and headers did not arrive in time'];
    default:
      return [400, 'this is not an HTTP request: addresses must be percent-encoded'];
  }
}

/** A second status line inside an answer that is on its way would garble it. Node's own handler asks the same. */
function hasBegunAnswer(socket: Duplex & { _httpMessage?: { headersSent: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent === true;
}
