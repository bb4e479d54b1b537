import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * One answer under way on a connection: a request that came before the answer to the one before it was sent (HTTP
 * pipelining, RFC 9112, 9.3.2) begins when that answer is done, and no more is read meanwhile. One packet may hold
 * thousands of requests, which Node reads at once: more than `mayWait` of them are too many, and `refuse` has to end
 * the connection.
 */
export function inTurn(
  handle: RequestListener,
  mayWait: number,
  refuse: (socket: Socket) => void,
): RequestListener {
  const waiting = new WeakMap<Socket, number>();

  function wait(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    if (socket.destroyed) return;
    const before = waiting.get(socket) ?? 0;
    waiting.set(socket, before + 1);
    if (before === mayWait) refuse(socket);
    if (before >= mayWait) return;
    if (before === 0) socket.on('resume', pauseAgain).pause();
    response.once('socket', () => {
      const left = waiting.get(socket)! - 1;
      waiting.set(socket, left);
      if (left === 0) socket.off('resume', pauseAgain).resume();
      // Not before Node has done what it does when it hands a connection on.
      process.nextTick(() => {
        if (!socket.destroyed) handle(request, response);
      });
    });
  }

  // Node gives the connection to an answer as soon as those before it are done.
  return (request, response) => (response.socket ? handle(request, response) : wait(request, response));
}

/** Whoever reads a request's body lets its connection flow; it must not while a request waits. */
function pauseAgain(this: Socket): void {
  this.pause();
}
