import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Answer } from './answer.ts';
import type { ByteRange } from './ranges.ts';

/**
 * What one write takes: much, because each costs a round through the event loop, but what a client leaves of it when
 * it goes is not counted as sent.
 */
const WRITE_BYTES = 2 * 1024 ** 2;
/** A client that takes nothing for so long is gone, or wants to hold us up. */
const STALL_MS = 60_000;

/** How to get at the bytes of a representation. */
export type Source = Buffer | ((range: ByteRange) => Promise<Readable>);

/**
 * Sends an answer at the client's pace, and ends the response; stops when the client is gone. The headers are written
 * with the first bytes, so that a source that has none has broken nothing yet. Adds to `sent` what the kernel took.
 * Rejects with what the source throws.
 */
export async function sendAnswer(
  response: ServerResponse,
  { status, headers, body }: Answer,
  source: Source,
  sent: { bytes: number },
): Promise<void> {
  for await (const chunk of chunksOf(body, source)) {
    if (response.destroyed) return;
    if (!response.headersSent) response.writeHead(status, headers as string[]);
    const more = response.write(chunk, (error) => {
      if (!error) sent.bytes += chunk.length;
    });
    if (!more) await drained(response);
  }
  if (response.destroyed) return;
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
    response.end();
  });
}

async function* chunksOf(body: readonly (string | ByteRange)[], source: Source): AsyncGenerator<Buffer> {
  for (const part of body) {
    if (typeof part === 'string') {
      yield Buffer.from(part, 'latin1');
    } else if (Buffer.isBuffer(source)) {
      for (let start = part.start; start <= part.end; start += WRITE_BYTES) {
        yield source.subarray(start, Math.min(start + WRITE_BYTES, part.end + 1));
      }
    } else {
      let missing = part.end - part.start + 1;
      for await (const chunk of await source(part)) {
        missing -= chunk.length;
        yield chunk;
      }
      if (missing !== 0) throw new Error(`${missing} bytes are missing`);
    }
  }
}

/** Resolves when the client has taken what was written, or is gone. */
function drained(response: ServerResponse): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const stalled = setTimeout(() => response.destroy(), STALL_MS);
    const done = () => {
      clearTimeout(stalled);
      response.removeListener('drain', done);
      response.removeListener('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
