import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { badBody } from './faults.ts';
import type { Hasher } from './hashing/hasher.ts';

/** A request body on its way, which tells afterwards whether it was the announced one. */
export interface CheckedBody {
  stream: Readable;
  /** To be called when the stream has been read to its end. @throws ApiError -10006 */
  verify(): Promise<void>;
}

/** Where a body is kept too, so that a thread can hash it. */
export interface Kept {
  /** As large as the body. */
  buffer: Buffer;
  hasher: Hasher;
}

/**
 * Checks a body while it is read.
 * @param size bytes that it must have; reading stops with ApiError -10006 at the first one too many
 * @param md5 lower-case hex; undefined to check the size only
 * @param kept without it, the body is hashed by and by in this thread
 */
export function checkedBody(
  body: Readable,
  size: number,
  md5: string | undefined,
  kept: Kept | null = null,
): CheckedBody {
  const hash = createHash('md5');
  let digest: Promise<string> | undefined;
  let received = 0;

  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      // The request must survive a refusal, or the client never sees the answer.
      for await (const chunk of body.iterator({ destroyOnReturn: false })) {
        const start = received;
        received += chunk.byteLength;
        if (received > size) throw badBody(`the body has more than the announced ${size} bytes`);
        if (kept) {
          kept.buffer.set(chunk, start);
          // While the store writes the last bytes.
          if (received === size && md5 !== undefined) {
            digest = kept.hasher.md5(kept.buffer);
            digest.catch(() => {}); // Reported by `verify`, if it comes to that.
          }
        } else if (md5 !== undefined) {
          hash.update(chunk);
        }
        yield kept?.buffer.subarray(start, received) ?? chunk;
      }
    } catch (error) {
      // The client went away, or stopped sending in the middle of a chunk.
      throw received > size ? error : badBody('the body was cut off', { canRetry: true, cause: error });
    }
    if (received < size) throw badBody(`the body has ${received} bytes instead of the announced ${size}`);
  }

  return {
    stream: Readable.from(read(), { objectMode: false }),
    async verify() {
      if (md5 === undefined) return;
      const actual = await (digest ?? hash.digest('hex'));
      if (actual !== md5) {
        throw badBody(`the MD5 of the body is ${actual}, not the announced ${md5}`, { canRetry: true });
      }
    },
  };
}

/** Reads a body to its end and verifies it, whatever becomes of the bytes. */
export async function drain(checked: CheckedBody): Promise<void> {
  for await (const _ of checked.stream);
  await checked.verify();
}

/** Reads a whole checked body of at most `size` bytes into memory. */
export async function receive(body: Readable, size: number, md5: string | undefined): Promise<Buffer> {
  const checked = checkedBody(body, size, md5);
  const chunks: Uint8Array[] = [];
  for await (const chunk of checked.stream) chunks.push(chunk);
  await checked.verify();
  return Buffer.concat(chunks);
}
