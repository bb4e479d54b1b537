import type { ServerResponse } from 'node:http';
import type { TurnBudget } from '../common/bounds/turn-budget.ts';
import type { Answer } from './answer.ts';
import type { FromStore } from './from-store.ts';
import type { InFlight } from './in-flight.ts';

/**
 * What one write takes: much, because each costs a round through the event loop, but what a client leaves of it when
 * it goes is not counted as sent.
 */
const WRITE_BYTES = 2 * 1024 ** 2;
/** From the store: one such piece goes out while the next is read. */
const READ_BYTES = 512 * 1024;
/** TLS copies what it writes, and tells nothing of it before all is sent: a slow client must take one in a minute. */
const ENCRYPTED_BYTES = 256 * 1024;

/** A client that takes nothing for so long lets go of the file, or of the connection to the store, until it goes on. */
const LET_GO_MS = 5000;

/** The bytes of a representation: they are here, or are read. */
export type Source = Buffer | FromStore;

/**
 * Sends an answer at the client's pace, and ends the response; stops when the client is gone. What it holds meanwhile
 * is a share of `inFlight`, and it writes when `turns` let it. The headers are written with the first bytes, so that a source that has none has broken
 * nothing yet. Adds to `sent` what the kernel took. A client that takes nothing is the listener's to cut off.
 * Rejects with what the source throws.
 */
export async function sendAnswer(
  response: ServerResponse,
  { status, headers, body }: Answer,
  source: Source,
  { inFlight, turns }: { inFlight: InFlight; turns: TurnBudget },
  sent: { bytes: number },
): Promise<void> {
  const pieces = Buffer.isBuffer(source) ? 1 : 2;
  const most = Math.min(mostOf(response, source) * pieces, lengthOf(body));
  const share = inFlight.take(most);
  try {
    for await (const chunk of chunksOf(body, source, Math.ceil(share / pieces))) {
      const later = turns.ask(chunk.length);
      if (later) await later;
      if (response.destroyed) return;
      if (!response.headersSent) response.writeHead(status, headers as string[]);
      const more = response.write(chunk, (error) => {
        if (!error) sent.bytes += chunk.length;
      });
      if (!more) await inFlight.wait(drained(response, source));
    }
    if (response.destroyed) return;
    await new Promise<void>((resolve) => {
      response.once('close', resolve);
      response.end();
    });
  } finally {
    inFlight.give(share);
  }
}

/** Most bytes of one piece. */
function mostOf({ req }: ServerResponse, source: Source): number {
  if ('encrypted' in req.socket) return ENCRYPTED_BYTES;
  return Buffer.isBuffer(source) ? WRITE_BYTES : READ_BYTES;
}

function lengthOf(body: Answer['body']): number {
  return body.reduce(
    (sum, part) => sum + (typeof part === 'string' ? part.length : part.end - part.start + 1),
    0,
  );
}

async function* chunksOf(body: Answer['body'], source: Source, pieceBytes: number): AsyncGenerator<Buffer> {
  for (const part of body) {
    if (typeof part === 'string') {
      yield Buffer.from(part, 'latin1');
    } else if (Buffer.isBuffer(source)) {
      for (let start = part.start; start <= part.end; start += pieceBytes) {
        yield source.subarray(start, Math.min(start + pieceBytes, part.end + 1));
      }
    } else {
      yield* source.read(part, pieceBytes);
    }
  }
}

/** Resolves when the client has taken what was written, or is gone. */
function drained(response: ServerResponse, source: Source): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const idle = setTimeout(() => Buffer.isBuffer(source) || source.letGo(), LET_GO_MS);
    const done = () => {
      clearTimeout(idle);
      response.removeListener('drain', done);
      response.removeListener('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
