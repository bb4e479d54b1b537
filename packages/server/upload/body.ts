import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { badBody } from './faults.ts';

/** A request body on its way, which tells afterwards whether it was the announced one. */
export interface CheckedBody {
  stream: Readable;
  /** To be called when the stream has been read to its end. @throws Refused `upload.content` */
  verify(): void;
}

/**
 * Checks a body while it is read.
 * @param size bytes that it must have; reading stops with Refused `upload.content` at the first one too many
 * @param md5 lower-case hex; undefined to check the size only
 */
export function checkedBody(body: Readable, size: number, md5: string | undefined): CheckedBody {
  const hash = createHash('md5');
  let received = 0;

  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      // The request must survive a refusal, or the client never sees the answer.
      for await (const chunk of body.iterator({ destroyOnReturn: false })) {
        received += chunk.byteLength;
        if (received > size) throw tooLong(size);
        if (md5 !== undefined) hash.update(chunk);
        yield chunk;
      }
    } catch (error) {
      // The client went away, or stopped sending in the middle of a chunk.
      throw received > size ? error : badBody('the body was cut off', { canRetry: true, cause: error });
    }
    if (received < size) throw tooShort(received, size);
  }

  return {
    stream: Readable.from(read(), { objectMode: false }),
    verify() {
      if (md5 !== undefined) compareMd5(hash.digest('hex'), md5);
    },
  };
}

/**
 * Reads a body into a buffer that is as large as it was announced. Listens to the chunks itself, because an upload is
 * mostly this, and each stream or iterator in between costs as much as the copy.
 * @throws Refused `upload.content`; then `body` stays undestroyed, or the client never sees the answer
 */
export function fill(buffer: Uint8Array, body: Readable): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let received = 0;
  const onData = (chunk: Uint8Array) => {
    const start = received;
    received += chunk.byteLength;
    if (received > buffer.length) reject(tooLong(buffer.length));
    else buffer.set(chunk, start);
  };
  const onEnd = () => (received < buffer.length ? reject(tooShort(received, buffer.length)) : resolve());
  const onClose = (error?: Error) =>
    reject(badBody('the body was cut off', { canRetry: true, cause: error }));
  body.on('data', onData).on('end', onEnd).on('error', onClose).on('close', onClose);
  return promise.finally(() => {
    body.off('data', onData).off('end', onEnd).off('error', onClose).off('close', onClose).pause();
  });
}

/** @throws Refused `upload.content` when the hashes, lower-case hex, differ */
export function compareMd5(actual: string, announced: string): void {
  if (actual === announced) return;
  throw badBody(`the MD5 of the body is ${actual}, not the announced ${announced}`, { canRetry: true });
}

function tooLong(size: number) {
  return badBody(`the body has more than the announced ${size} bytes`);
}

function tooShort(received: number, size: number) {
  return badBody(`the body has ${received} bytes instead of the announced ${size}`);
}

/** Reads a body to its end and verifies it, whatever becomes of the bytes. */
export async function drain(checked: CheckedBody): Promise<void> {
  for await (const _ of checked.stream);
  checked.verify();
}

/** Reads a whole checked body of at most `size` bytes into memory. */
export async function receive(body: Readable, size: number, md5: string | undefined): Promise<Buffer> {
  const checked = checkedBody(body, size, md5);
  const chunks: Uint8Array[] = [];
  for await (const chunk of checked.stream) chunks.push(chunk);
  checked.verify();
  return Buffer.concat(chunks);
}
