import type { Readable } from 'node:stream';
import { freeMemory } from '../../common/free-memory.ts';

/** The reader did not want to wait any longer. */
export class GaveUpError extends Error {
  override name = 'GaveUpError';
}

/**
 * Reads a body into memory that is as large as it was announced. Listens to the chunks itself, because an upload is mostly
 * this, and each stream or iterator in between costs as much as the copy. Chunks are the reader's own (`Call.body`), so
 * their memory is freed here at once: left to the garbage collector, which is slow to notice memory outside of its heap,
 * they make it go through all of the heap every few parts.
 * @param onFilled told at each chunk how many bytes have come; `isTooSlow` is asked then
 * @returns the number of bytes that came; reading stops at the first that is too many
 * @throws what the stream failed with when it was cut off, GaveUpError. In no case is the stream destroyed, or the client would
 * never see the answer.
 */
export function receive(
  body: Readable,
  memory: Uint8Array,
  { onFilled, isTooSlow }: { onFilled: (bytes: number) => void; isTooSlow: () => boolean },
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let received = 0;
  const onData = (chunk: Uint8Array) => {
    const start = received;
    received += chunk.byteLength;
    if (received > memory.length) return resolve(received);
    memory.set(chunk, start);
    freeMemory(chunk);
    onFilled(received);
    if (isTooSlow()) reject(new GaveUpError('the body takes too long'));
  };
  const onEnd = () => resolve(received);
  const onClose = (error?: Error) => reject(error ?? body.errored ?? new Error('the stream was closed'));
  // Whoever waited for memory may find that the client has left meanwhile, or that an empty body has ended.
  if (body.readableEnded) onEnd();
  else if (body.destroyed) onClose();
  else body.on('data', onData).on('end', onEnd).on('error', onClose).on('close', onClose);
  return promise.finally(() => {
    body.off('data', onData).off('end', onEnd).off('error', onClose).off('close', onClose).pause();
  });
}
