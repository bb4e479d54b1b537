import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Sends an answer: always HTTP 200, because some clients look no further at anything else. `json` is ASCII. On a connection that is to
 * be closed it ends when all of the request has been read (see `discardRest`).
 */
export function sendAnswer(response: ServerResponse, json: string, requestId: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(200, [
    'Content-Type',
    'application/json; charset=utf-8',
    'Content-Length',
    String(json.length),
    'Access-Control-Allow-Origin',
    '*',
    'Cache-Control',
    'no-store',
    'X-Content-Type-Options',
    'nosniff',
    'X-Request-Id',
    requestId,
  ]);
  const request = response.req;
  if (response.shouldKeepAlive || request.readableEnded) return void response.end(json, 'latin1');
  response.write(json, 'latin1');
  request.once('end', () => response.end());
}

/** Browsers ask before they post; nothing here depends on who asks, and no cookie is ever read. */
export function sendPreflight(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(204, {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? 'content-type',
    'Access-Control-Max-Age': '86400',
  });
  response.end();
}

/**
 * Reads what is left of a request's body and throws it away, for at most `lingerMs`. Without it the connection would
 * stand still, or close with data unread, which takes the answer back from the client.
 */
export function discardRest(request: IncomingMessage, lingerMs: number): void {
  if (request.readableEnded || request.destroyed) return;
  const timer = setTimeout(() => request.socket.destroy(), lingerMs);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
  request.resume();
}
