import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { BodyError } from '../../common/body-error.ts';

export { BodyError } from '../../common/body-error.ts';

/**
 * Collects a whole body. Does not close the connection when it gives up: there is still an answer to send.
 * @throws BodyError above `maxBytes`, when it is not complete after `timeoutMs`, or when the client goes away.
 */
export async function collectBody(
  request: IncomingMessage,
  maxBytes: number,
  timeoutMs: number,
): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let length = 0;
  const tooLarge = () =>
    reject(new BodyError('tooLarge', `the body must not be larger than ${maxBytes} bytes`));
  const onData = (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxBytes) tooLarge();
    else chunks.push(chunk);
  };
  const onEnd = () => resolve(Buffer.concat(chunks, length));
  const onClose = () => reject(new BodyError('clientGone', 'the client went away'));
  const timer = setTimeout(
    () => reject(new BodyError('tooSlow', `the body must arrive within ${timeoutMs / 1000} seconds`)),
    timeoutMs,
  );
  // Without a body the stream has ended before we came (`optimizeEmptyRequests`), and says so no more.
  if (request.readableEnded) onEnd();
  else if (Number(request.headers['content-length']) > maxBytes) tooLarge();
  else request.on('data', onData).on('end', onEnd).on('close', onClose);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    request.off('data', onData).off('end', onEnd).off('close', onClose);
  }
}

/**
 * The body of an upload call as a stream of its own: it can fail (`BodyError`: no data for `idleMs`, client gone)
 * while the connection stays open for the answer. Chunks are handed on, not copied.
 */
export function streamBody(request: IncomingMessage, idleMs: number): Readable {
  const body = new Readable({
    read: () => {
      request.resume();
      timer.refresh();
    },
    destroy: (error, done) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onClose).pause();
      done(error);
    },
  });
  const onData = (chunk: Buffer) => {
    timer.refresh();
    if (!body.push(chunk)) request.pause();
  };
  const onEnd = () => {
    clearTimeout(timer);
    body.push(null);
  };
  const onClose = () => {
    if (!request.complete) body.destroy(new BodyError('clientGone', 'the client went away'));
  };
  const timer = setTimeout(() => {
    // A reader that pauses is slow itself; only a client that owes us data is at fault.
    if (!request.isPaused()) {
      body.destroy(new BodyError('tooSlow', `the body stopped for ${idleMs / 1000} seconds`));
    }
  }, idleMs);
  if (request.readableEnded) onEnd();
  else request.on('data', onData).on('end', onEnd).on('close', onClose).pause();
  // Nobody may be listening yet, or any more, when it fails.
  body.on('error', () => {});
  return body;
}
