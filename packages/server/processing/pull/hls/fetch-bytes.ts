import { PullError } from '../errors.ts';
import { type FetchContext, fetchInto } from '../fetch.ts';
import type { ByteRange } from './playlist.ts';

/**
 * Fetches something small into memory: a playlist, a key, a segment.
 * @param most bytes that are taken
 * @returns its bytes, and where it came from after redirections
 * @throws what `fetchInto` throws; PullError `pull.size`
 */
export async function fetchBytes(
  url: string,
  range: ByteRange | null,
  most: number,
  context: FetchContext,
): Promise<{ bytes: Buffer; url: string }> {
  const tooLarge = () => new PullError('pull.size', `a piece of it has more than ${most} bytes`);
  if (range !== null && range.length > most) throw tooLarge();
  // bounded by: `most`
  let chunks: Uint8Array[] = [];
  let size = 0;
  let from = url;
  await fetchInto(
    url,
    {
      // A try that breaks off begins anew.
      known: () => ({ offset: size, validator: null }),
      range,
      async begin(answer) {
        if ((answer.total ?? 0) > most) throw tooLarge();
        [chunks, size, from] = [[], 0, answer.url];
      },
      async write(more) {
        for (const { byteLength } of more) size += byteLength;
        if (size > most) throw tooLarge();
        chunks.push(...more);
      },
    },
    context,
  );
  return { bytes: Buffer.concat(chunks, size), url: from };
}
