import type { IncomingMessage } from 'node:http';

/** Why a body is not taken: it is larger than allowed, took too long, or broke off. */
export class UploadBroken extends Error {
  override name = 'UploadBroken';
  readonly reason: 'tooLarge' | 'tooSlow' | 'clientGone';

  constructor(reason: 'tooLarge' | 'tooSlow' | 'clientGone') {
    super(`the body is not taken: ${reason}`);
    this.reason = reason;
  }
}

/**
 * A whole body in memory. The request is not destroyed, so that it can be answered.
 * @param maxBytes a larger one is given up at once
 * @throws UploadBroken
 */
export async function collect(
  request: IncomingMessage,
  { maxBytes, timeoutMs }: { maxBytes: number; timeoutMs: number },
): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw new UploadBroken('tooLarge');
  // Without a body the stream has ended before we came, and says so no more.
  if (request.readableEnded) return Buffer.alloc(0);
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let length = 0;
  const give = (reason: UploadBroken['reason']) => () => reject(new UploadBroken(reason));
  const onData = (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxBytes) reject(new UploadBroken('tooLarge'));
    else chunks.push(chunk);
  };
  const onEnd = () => resolve(Buffer.concat(chunks, length));
  const onClose = give('clientGone');
  const timer = setTimeout(give('tooSlow'), timeoutMs);
  request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    request.off('data', onData).off('end', onEnd).off('close', onClose).pause();
    // A connection that breaks after that is nobody's fault any more.
    request.off('error', onClose).on('error', () => {});
  }
}
