import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { ByteBudget } from '../../common/bounds/byte-budget.ts';
import type { TurnBudget } from '../../common/bounds/turn-budget.ts';
import { BodyError } from '../../common/faults/body-error.ts';
import { Refused } from '../../common/faults/refused.ts';

export { BodyError } from '../../common/faults/body-error.ts';

/** A body that announces no more is read at once: nearly all do, and so many connections have no more memory than that. Bytes. */
const SMALL_BODY = 16 * 1024;

/** How bodies of text calls are collected, of which nobody knows yet who sends them. */
export interface Collecting {
  /** Largest body, bytes. */
  maxBytes: number;
  /** From here to its last byte, ms. */
  timeoutMs: number;
  /** Of all larger bodies together; those for which there is none wait unread. */
  memory: ByteBudget;
}

/**
 * Collects a whole body. Does not close the connection when it gives up: there is still an answer to send.
 * @throws Refused `service.busy` when there was no memory for it all that time; BodyError above `maxBytes`, when it is not complete after `timeoutMs`, or when the client goes away
 */
export async function collectBody(
  request: IncomingMessage,
  { maxBytes, timeoutMs, memory }: Collecting,
): Promise<Buffer> {
  // Without a body the stream has ended before we came (`optimizeEmptyRequests`), and says so no more.
  if (request.readableEnded) return Buffer.alloc(0);
  const announced = Number(request.headers['content-length'] ?? maxBytes);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  const stopping = new AbortController();
  const timer = setTimeout(() => stopping.abort(tooSlow(timeoutMs)), timeoutMs);
  const onClose = () => stopping.abort(clientGone());
  request.on('close', onClose);
  let giveBack = () => {};
  try {
    if (announced > SMALL_BODY) giveBack = await memory.take(announced, stopping.signal).catch(saySo);
    return await collect(request, maxBytes, stopping.signal);
  } finally {
    giveBack();
    clearTimeout(timer);
    request.off('close', onClose);
  }
}

/** A client whose time ran out while it waited for us is not to blame. */
function saySo(error: unknown): never {
  const isOurs = error instanceof BodyError && error.reason === 'tooSlow';
  throw isOurs
    ? new Refused('service.busy', 'too many large forms are on their way, try again later')
    : error;
}

async function collect(request: IncomingMessage, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let length = 0;
  const onData = (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxBytes) reject(tooLarge(maxBytes));
    else chunks.push(chunk);
  };
  const onEnd = () => resolve(Buffer.concat(chunks, length));
  const onStop = () => reject(signal.reason);
  signal.addEventListener('abort', onStop);
  if (signal.aborted) onStop();
  else request.on('data', onData).on('end', onEnd);
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', onStop);
    request.off('data', onData).off('end', onEnd);
  }
}

function tooLarge(maxBytes: number): BodyError {
  return new BodyError('tooLarge', `the body must not be larger than ${maxBytes} bytes`);
}

function tooSlow(timeoutMs: number): BodyError {
  return new BodyError('tooSlow', `the body must arrive within ${timeoutMs / 1000} seconds`);
}

function clientGone(): BodyError {
  return new BodyError('clientGone', 'the client went away');
}

/** Of a large body, reads no more than what came with its head until somebody wants it: hundreds of connections would read ahead at once. */
export function leaveUnread(request: IncomingMessage): void {
  if (Number(request.headers['content-length']) > SMALL_BODY) request.socket.pause();
}

/**
 * The body of an upload call as a stream of its own: it can fail (`BodyError`: no data for `idleMs`, client gone)
 * while the connection stays open for the answer. Chunks are handed on, not copied. Reads no more in one turn than `turn` gives.
 */
export function streamBody(request: IncomingMessage, idleMs: number, turn: TurnBudget): Readable {
  let pausing: NodeJS.Immediate | null = null;
  let isWanted = false;
  const body = new Readable({
    read: () => {
      isWanted = true;
      if (pausing) return;
      request.resume();
      timer.refresh();
    },
    destroy: (error, done) => {
      clearTimeout(timer);
      if (pausing) clearImmediate(pausing);
      request.off('data', onData).off('end', onEnd).off('close', onClose).pause();
      done(error);
    },
  });
  const onData = (chunk: Buffer) => {
    timer.refresh();
    isWanted = body.push(chunk);
    if (!isWanted) request.pause();
    if (turn.spend(chunk.length) || pausing) return;
    request.pause();
    pausing = setImmediate(() => {
      pausing = null;
      if (isWanted && !body.destroyed) request.resume();
    });
  };
  const onEnd = () => {
    clearTimeout(timer);
    body.push(null);
  };
  const onClose = () => {
    if (!request.complete) body.destroy(clientGone());
  };
  const timer = setTimeout(() => {
    // A reader that pauses is slow itself; only a client that owes us data is at fault.
    if (!request.isPaused() || pausing) {
      body.destroy(new BodyError('tooSlow', `the body stopped for ${idleMs / 1000} seconds`));
    }
  }, idleMs);
  if (request.readableEnded) onEnd();
  else request.on('data', onData).on('end', onEnd).on('close', onClose).pause();
  // Nobody may be listening yet, or any more, when it fails.
  body.on('error', () => {});
  return body;
}
