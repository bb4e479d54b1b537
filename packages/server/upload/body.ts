import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { badBody } from './faults.ts';

/** A request body on its way, which tells afterwards whether it was the announced one. */
export interface CheckedBody {
  stream: Readable;
  /** @throws ApiError -10006; to be called when the stream has been read to its end */
  verify(): void;
}

/**
 * Hashes a body while it is read.
 * @param size bytes that it must have; reading stops with ApiError -10006 at the first one too many
 * @param md5 lower-case hex; undefined to check the size only
 * @param into gets the bytes too, and the stream is made of views of it; of `size` bytes
 */
export function checkedBody(
  body: Readable,
  size: number,
  md5: string | undefined,
  into: Buffer | null = null,
): CheckedBody {
  const hash = createHash('md5');
  let received = 0;

  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      // The request must survive a refusal, or the client never sees the answer.
      for await (const chunk of body.iterator({ destroyOnReturn: false })) {
        const start = received;
        received += chunk.byteLength;
        if (received > size) throw badBody(`the body has more than the announced ${size} bytes`);
        if (md5 !== undefined) hash.update(chunk);
        into?.set(chunk, start);
        yield into?.subarray(start, received) ?? chunk;
      }
    } catch (error) {
      // The client went away, or stopped sending in the middle of a chunk.
      throw received > size ? error : badBody('the body was cut off', { canRetry: true, cause: error });
    }
    if (received < size) throw badBody(`the body has ${received} bytes instead of the announced ${size}`);
  }

  return {
    stream: Readable.from(read(), { objectMode: false }),
    verify() {
      if (md5 === undefined) return;
      const actual = hash.digest('hex');
      if (actual !== md5) {
        throw badBody(`the MD5 of the body is ${actual}, not the announced ${md5}`, { canRetry: true });
      }
    },
  };
}

/** Reads a body to its end and verifies it, whatever becomes of the bytes. */
export async function drain(checked: CheckedBody): Promise<void> {
  for await (const _ of checked.stream);
  checked.verify();
}

/** Reads a whole checked body of at most `size` bytes into memory. */
export async function receive(body: Readable, size: number, md5: string | undefined): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  await drain(checkedBody(body, size, md5, bytes));
  return bytes;
}
