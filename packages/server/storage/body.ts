import { addAbortSignal, Readable } from 'node:stream';
import { PartSizeError } from './errors.ts';

/** The chunks of a body; a stream stays undestroyed when they are not all read, but not when the signal comes. */
export function chunksOf(
  body: Readable | Uint8Array,
  signal?: AbortSignal,
): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  signal?.throwIfAborted();
  if (!(body instanceof Readable)) return [body];
  if (signal) addAbortSignal(signal, body);
  return body.iterator({ destroyOnReturn: false });
}

/**
 * The chunks of a body of known size.
 * @throws PartSizeError before the last chunk is passed on, when there are fewer or more bytes
 */
export async function* exactly(
  size: number,
  body: Readable | Uint8Array,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const chunk of chunksOf(body, signal)) {
    seen += chunk.byteLength;
    if (seen > size) throw new PartSizeError(`more than the announced ${size} bytes`);
    yield chunk;
  }
  if (seen < size) throw new PartSizeError(`${seen} bytes instead of the announced ${size}`);
}
